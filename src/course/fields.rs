//! An object's keys: which there are, which there should be, and which are lacking.
//!
//! Owns the dealings with `serde` that tell these apart, so that a derived type alone says
//! what its keys are. Must not know what they mean.

use serde::de::value::Error;
use serde::de::{Deserializer, Error as _, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::value::RawValue;
use std::cell::{Cell, RefCell};
use std::fmt;

/// An object's keys and values in the order in which they are written.
pub(super) struct Entries<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Entries<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry()? {
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// The name by which a type asks a [`Field`] for its JSON as it is written.
const RAW: &str = "sidelight::course::raw";

/// The JSON of a [`Field`] as it is written; `None` when it is lacking.
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

/// A value of an object, or the lack of one. When a type asks for it although it is not
/// optional, its lack is noted.
pub(super) struct Field<'a, 'm> {
    pub(super) name: &'static str,
    pub(super) value: Option<&'a str>,
    pub(super) missing: &'m RefCell<Vec<&'static str>>,
}

impl<'de> IntoDeserializer<'de, Error> for Field<'de, '_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Field<'de, '_> {
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

/// The keys of a type that is read from an object, as its own derived code names them.
pub(super) fn keys_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    struct Ask<'k>(&'k Cell<&'static [&'static str]>);

    impl<'de> Deserializer<'de> for Ask<'_> {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            Err(Error::custom("only the keys are asked for"))
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
    // It always fails: the answer has been left in the cell by then.
    let _ = T::deserialize(Ask(&keys));
    keys.get()
}
