//! JSON values of bounded number: two bytes of a page can be a value of thirty, an object of seven
//! bytes one of six hundred.

use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Values of a page that are kept, an object counted as so many; pages with more were made to have
/// more.
pub(super) const MAX_VALUES: usize = 200_000;
const OBJECT: usize = 20;

/// A value, of which no more was kept than [`MAX_VALUES`], and how many that were.
pub(super) struct Bounded {
    pub(super) value: Value,
    pub(super) n_values: usize,
}

impl<'de> Deserialize<'de> for Bounded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let left = Cell::new(MAX_VALUES);
        let value = Kept(&left).deserialize(deserializer)?;
        Ok(Self { value, n_values: MAX_VALUES - left.get() })
    }
}

/// Keeps values as long as some are left to keep.
#[derive(Clone, Copy)]
struct Kept<'a>(&'a Cell<usize>);

impl Kept<'_> {
    fn take(self, n: usize) -> bool {
        let rest = self.0.get().checked_sub(n);
        self.0.set(rest.unwrap_or(0));
        rest.is_some()
    }
}

impl<'de> DeserializeSeed<'de> for Kept<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Kept<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
        let mut kept = Vec::new();
        while self.take(1) {
            let Some(value) = values.next_element_seed(self)? else { return Ok(kept.into()) };
            kept.push(value);
        }
        while values.next_element::<IgnoredAny>()?.is_some() {}
        Ok(kept.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut kept = Map::new();
        let mut is_left = self.take(OBJECT);
        while is_left {
            let Some(key) = entries.next_key::<String>()? else { return Ok(kept.into()) };
            kept.insert(key, entries.next_value_seed(self)?);
            is_left = self.take(1);
        }
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(kept.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounded(text: &str) -> Bounded {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn what_is_small_is_read_as_it_stands() {
        let text = r#"[null, true, -3, 7, 0.5, "a\n", {"b": [{}], "b": {"c": 2}}, []]"#;
        assert_eq!(bounded(text).value, serde_json::from_str::<Value>(text).unwrap());
        assert!(bounded(text).n_values < 100);
    }

    #[test]
    fn of_what_is_huge_a_part_is_kept() {
        let numbers = bounded(&format!("[{}1]", "1,".repeat(MAX_VALUES * 2)));
        assert_eq!(numbers.value.as_array().unwrap().len(), MAX_VALUES);
        let objects = bounded(&format!("[{}1]", r#"{"a": {}},"#.repeat(MAX_VALUES)));
        assert!(objects.value.as_array().unwrap().len() < MAX_VALUES / OBJECT);
        assert_eq!(objects.n_values, MAX_VALUES);
    }
}
