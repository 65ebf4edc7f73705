//! The keys of a JSON object: which are known, and which are missing.
//!
//! Owns the use of `serde` that finds these out, so that a derived type alone declares its keys.
//! Must not know what they mean.

use serde::de::value::Error;
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use std::cell::{Cell, RefCell};
use std::fmt;

/// The name by which a type asks a [`FieldDeserializer`] for its unparsed JSON.
const RAW: &str = "sidelight::course::raw";

/// Takes the unparsed JSON of a [`FieldDeserializer`]; `None` when the key is missing.
pub(super) fn raw_json<'de, D: Deserializer<'de>>(field: D) -> Result<Option<&'de str>, D::Error> {
    struct Raw;
    impl<'de> Visitor<'de> for Raw {
        type Value = Option<&'de str>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("JSON")
        }

        fn visit_borrowed_str<E>(self, raw: &'de str) -> Result<Self::Value, E> {
            Ok(Some(raw))
        }

        fn visit_none<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }
    field.deserialize_newtype_struct(RAW, Raw)
}

/// Deserializes one value of an object, which may be missing. If it is missing and the type does
/// not say that it is optional, its name is added to `missing`.
pub(super) struct FieldDeserializer<'a, 'm> {
    pub(super) name: &'static str,
    pub(super) value: Option<&'a str>,
    pub(super) missing: &'m RefCell<Vec<&'static str>>,
}

impl<'de> IntoDeserializer<'de, Error> for FieldDeserializer<'de, '_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for FieldDeserializer<'de, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a manifest is read node by node"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Some(value) if value != "null" => visitor.visit_some(self),
            _ => visitor.visit_none(),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if let Some(value) = self.value {
            return visitor.visit_borrowed_str(value);
        }
        self.missing.borrow_mut().push(self.name);
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Lists the keys of a type, as its derived `Deserialize` names them.
pub(super) fn keys_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    struct KeyCollector<'k>(&'k Cell<&'static [&'static str]>);

    impl<'de> Deserializer<'de> for KeyCollector<'_> {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            Err(Error::custom("only the keys are wanted"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Error> {
            self.0.set(fields);
            self.deserialize_any(visitor)
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
            option unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let keys = Cell::new([].as_slice());
    // It always fails: by then the keys are in the cell.
    let _ = T::deserialize(KeyCollector(&keys));
    keys.get()
}
