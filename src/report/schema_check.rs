//! Holds JSON against a JSON Schema, for tests.
//!
//! Knows the keywords that the files in `docs/schema/` use and fails on any other, so that nothing
//! in them goes unchecked. `description`, `title`, `$schema` and `$id` say nothing about validity.

use serde_json::Value;

/// Every place where `value` breaks the schema in `root`, as `path: what`.
pub(crate) fn violations(root: &Value, value: &Value) -> Vec<String> {
    violations_of(root, root, value)
}

fn violations_of(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(root, schema, value, "$", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        assert_eq!(schema, &Value::Bool(true), "{path}: a schema is an object or true");
        return;
    };
    for (keyword, rule) in keywords {
        if !nested(root, keyword, rule, value, path, found) && !holds(root, schema, keyword, value)
        {
            found.push(format!("{path}: breaks `{keyword}`"));
        }
    }
}

/// Checks what a keyword says about parts of `value`; `false` where it is not of that sort.
fn nested(
    root: &Value,
    keyword: &str,
    rule: &Value,
    value: &Value,
    path: &str,
    found: &mut Vec<String>,
) -> bool {
    match keyword {
        "$schema" | "$id" | "$defs" | "title" | "description" => {}
        "$ref" => {
            let rule = rule.as_str().unwrap();
            if let Some(name) = rule.strip_suffix(".json") {
                let other = schema(name);
                check(&other, &other, value, path, found);
                return true;
            }
            let name = rule.strip_prefix("#/$defs/").unwrap();
            let target = root["$defs"].get(name).unwrap_or_else(|| panic!("{path}: no {name}"));
            check(root, target, value, path, found);
        }
        "items" => {
            for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                check(root, rule, item, &format!("{path}[{i}]"), found);
            }
        }
        "properties" => {
            for (name, property) in rule.as_object().unwrap() {
                if let Some(inner) = value.get(name) {
                    check(root, property, inner, &format!("{path}.{name}"), found);
                }
            }
        }
        "propertyNames" => {
            for name in value.as_object().into_iter().flat_map(|object| object.keys()) {
                check(root, rule, &Value::from(name.as_str()), &format!("{path}.{name}"), found);
            }
        }
        "additionalProperties" if rule.is_object() => {
            for (name, inner) in value.as_object().into_iter().flatten() {
                check(root, rule, inner, &format!("{path}.{name}"), found);
            }
        }
        _ => return false,
    }
    true
}

/// Whether `value` as a whole is as a keyword of `schema` says.
fn holds(root: &Value, schema: &Value, keyword: &str, value: &Value) -> bool {
    let rule = &schema[keyword];
    let length = || value.as_array().map(|v| v.len() as u64);
    let alternatives = || {
        let all = rule.as_array().unwrap().iter();
        all.filter(|alternative| violations_of(root, alternative, value).is_empty()).count()
    };
    match keyword {
        "type" => match rule {
            Value::Array(types) => types.iter().any(|t| has_type(value, t)),
            one => has_type(value, one),
        },
        "const" => value == rule,
        "enum" => rule.as_array().unwrap().contains(value),
        "minimum" => value.as_f64().is_none_or(|v| v >= rule.as_f64().unwrap()),
        "maximum" => value.as_f64().is_none_or(|v| v <= rule.as_f64().unwrap()),
        "minItems" => length().is_none_or(|n| n >= rule.as_u64().unwrap()),
        "maxItems" => length().is_none_or(|n| n <= rule.as_u64().unwrap()),
        "maxLength" => {
            value.as_str().is_none_or(|v| v.chars().count() as u64 <= rule.as_u64().unwrap())
        }
        "required" => value.as_object().is_none_or(|object| {
            rule.as_array().unwrap().iter().all(|k| object.contains_key(k.as_str().unwrap()))
        }),
        "additionalProperties" => {
            assert_eq!(rule, &Value::Bool(false), "only false or a schema is known here");
            let known = &schema["properties"];
            value.as_object().is_none_or(|o| o.keys().all(|k| known.get(k).is_some()))
        }
        "anyOf" => alternatives() > 0,
        "oneOf" => alternatives() == 1,
        other => panic!("the keyword `{other}` is not known to this checker"),
    }
}

fn has_type(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("`{other}` is no JSON type"),
    }
}

/// Whether every object that a schema describes is closed and asks for all its properties.
pub(crate) fn loose_objects(schema: &Value, path: &str, found: &mut Vec<String>) {
    match schema {
        Value::Object(keywords) => {
            if let Some(properties) = keywords.get("properties").and_then(Value::as_object) {
                let required = keywords.get("required").and_then(Value::as_array);
                if keywords.get("additionalProperties") != Some(&Value::Bool(false))
                    || required.map(Vec::len) != Some(properties.len())
                {
                    found.push(path.to_owned());
                }
            }
            for (name, inner) in keywords {
                let path = format!("{path}/{name}");
                match inner.as_object().filter(|_| ["properties", "$defs"].contains(&name.as_str()))
                {
                    // Names of properties are no keywords.
                    Some(named) => named.iter().for_each(|(name, inner)| {
                        loose_objects(inner, &format!("{path}/{name}"), found);
                    }),
                    None => loose_objects(inner, &path, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|i| loose_objects(i, path, found)),
        _ => {}
    }
}

/// The schema `docs/schema/NAME.json`, which must itself be strict.
pub(crate) fn schema(name: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
    let text = std::fs::read_to_string(path.join(format!("{name}.json"))).unwrap();
    let schema = serde_json::from_str(&text).unwrap();
    let mut loose = Vec::new();
    loose_objects(&schema, "", &mut loose);
    assert_eq!(loose, Vec::<String>::new(), "objects of {name} that are not strict");
    schema
}

/// Fails unless `value` is as `docs/schema/NAME.json` says.
pub(crate) fn assert_valid(name: &str, value: &Value) {
    assert_eq!(violations(&schema(name), value), Vec::<String>::new(), "{value:#}");
}

#[cfg(test)]
mod tests {
    use super::super::evaluation_sample::evaluation;
    use super::*;
    use serde_json::json;

    #[test]
    fn an_evaluation_is_as_its_schema_says() {
        let schema = schema("evaluate");
        let mut e = evaluation();
        assert_eq!(violations(&schema, &json!(e)), Vec::<String>::new());
        e.ablation = None;
        e.model_fingerprint = Some("ab".to_owned());
        e.aggressive_threshold = None;
        e.method = crate::evaluate::Method::Model;
        assert_eq!(violations(&schema, &json!(e)), Vec::<String>::new());
    }

    #[test]
    fn an_evaluation_of_extraction_is_as_its_schema_says() {
        use crate::evaluate::Method;
        let schema = schema("evaluate-pages");
        let mut e = super::super::pages_sample::pages();
        for method in [None, Some(Method::Model), Some(Method::CrossValidated { folds: 5 })] {
            e.method = method;
            assert_eq!(violations(&schema, &json!(e)), Vec::<String>::new());
        }
        e = super::super::pages_sample::pages_with_labels();
        assert_eq!(violations(&schema, &json!(e)), Vec::<String>::new());
        let mut value = json!(e);
        value["labels"]["evaluation"]["schema"] = json!(9);
        assert_eq!(
            violations(&schema, &value),
            ["$.labels: breaks `oneOf`"],
            "the schema of evaluations holds within"
        );
        let mut value = json!(e);
        value["pages"][3]["unit"] = json!("lines");
        value["worst"][0]["diff"]["lost"] = json!([1]);
        let found = violations(&schema, &value);
        assert!(found.contains(&"$.pages[3].unit: breaks `enum`".to_owned()), "{found:?}");
        assert!(found.contains(&"$.worst[0].diff.lost[0]: breaks `type`".to_owned()), "{found:?}");
    }

    /// A record's schema stands by itself, so that a program can read one file; what several of
    /// them define under one name is the same.
    #[test]
    fn what_several_schemas_define_is_the_same_in_all() {
        let mut known = std::collections::BTreeMap::new();
        let mut shared = std::collections::BTreeSet::new();
        for file in ["classify", "clean", "explain"] {
            for (name, definition) in schema(file)["$defs"].as_object().unwrap() {
                if let Some((first, before)) =
                    known.insert(name.clone(), (file, definition.clone()))
                {
                    assert_eq!(before, *definition, "`{name}` of {first} and of {file}");
                    shared.insert(name.clone());
                }
            }
        }
        for name in ["error", "metadata", "origin", "said", "label", "group"] {
            assert!(shared.contains(name), "{name}: {shared:?}");
        }
    }

    #[test]
    fn what_is_not_as_the_schema_says_is_found() {
        let (schema, good) = (schema("evaluate"), json!(evaluation()));
        let broken = |change: fn(&mut Value)| {
            let mut value = good.clone();
            change(&mut value);
            violations(&schema, &value)
        };
        assert_eq!(broken(|v| v["extra"] = json!(1)), ["$: breaks `additionalProperties`"]);
        assert_eq!(
            broken(|v| drop(v.as_object_mut().unwrap().remove("micro"))),
            ["$: breaks `required`"]
        );
        assert_eq!(broken(|v| v["schema"] = json!(2)), ["$.schema: breaks `const`"]);
        assert_eq!(
            broken(|v| v["accuracy"]["value"] = json!(1.5)),
            ["$.accuracy.value: breaks `maximum`"]
        );
        assert_eq!(broken(|v| v["method"]["kind"] = json!("guess")), ["$.method: breaks `oneOf`"]);
        assert_eq!(
            broken(|v| v["kinds"][3]["label"] = json!("x")),
            ["$.kinds[3].label: breaks `enum`"]
        );
        assert_eq!(broken(|v| v["threshold"] = json!("x")), ["$.threshold: breaks `type`"]);
        assert_eq!(
            broken(|v| drop(v["lengths"].as_array_mut().unwrap().pop())),
            ["$.lengths: breaks `minItems`"]
        );
    }
}
