//! Finding: one query over lessons, items and notes.
