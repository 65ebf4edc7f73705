//! A calm full-screen terminal reader for short courses, with a private checklist.
