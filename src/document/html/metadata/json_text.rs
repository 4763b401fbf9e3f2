//! JSON as pages hold it, which is not always JSON.

use serde_json::Value;

use super::json_value::Bounded;

/// Nothing longer is mended.
const MAX_MENDED: usize = 4 << 20;

/// The values in a script: as a rule one, at times several one after the other. What cannot be
/// read, even mended, is passed over; values before it count. `left` is how many values may still be
/// kept; no more are read where none are left.
pub(super) fn values(script: &str, left: &mut usize) -> Vec<Value> {
    let text = unwrapped(script);
    let before = *left;
    let mut found = Vec::new();
    if read(text, &mut found, left) || text.len() > MAX_MENDED {
        return found;
    }
    let mut again = Vec::new();
    *left = before;
    let escaped = !text.contains('"') && text.contains("&quot;");
    let whole = if escaped { htmlize::unescape(text) } else { text.into() };
    read(&mended(&whole), &mut again, left);
    if again.len() < found.len() { found } else { again }
}

/// Reads values up to the first fault and says whether there was none.
fn read(text: &str, found: &mut Vec<Value>, left: &mut usize) -> bool {
    for value in serde_json::Deserializer::from_str(text).into_iter::<Bounded>() {
        let Ok(Bounded { value, n_values }) = value else { return false };
        found.push(value);
        *left = left.saturating_sub(n_values.max(1));
        if *left == 0 {
            break;
        }
    }
    true
}

/// Without a comment or CDATA section around it, or a semicolon behind.
fn unwrapped(script: &str) -> &str {
    let starts = ["<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "\u{feff}"];
    let ends = ["-->", "//]]>", "// ]]>", "/*]]>*/", "]]>", "//", ";"];
    let mut text = script.trim();
    while let Some(rest) = starts.iter().find_map(|start| text.strip_prefix(start)) {
        text = rest.trim_start();
    }
    while let Some(rest) = ends.iter().find_map(|end| text.strip_suffix(end)) {
        text = rest.trim_end();
    }
    text
}

/// Mends what is wrong oftenest: raw control characters and needless escapes in strings, commas
/// before a closing bracket, a semicolon or nothing at all between values.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut in_string = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => match chars.next() {
                Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                    out.push(c);
                    out.push(next);
                }
                Some(next) if !next.is_control() => out.push(next),
                _ => out.push(' '),
            },
            '\n' if in_string => out.push_str("\\n"),
            c if in_string && c.is_control() => out.push(' '),
            '}' | ']' if !in_string => {
                if out.trim_end().ends_with(',') {
                    out.truncate(out.trim_end().len() - 1);
                }
                out.push(c);
            }
            ';' if !in_string => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::json_value::MAX_VALUES;
    use super::*;

    #[test]
    fn json_that_is_nearly_json_is_read() {
        for (script, expected) in [
            (r#"{"a": 1}"#, vec![json!({"a": 1})]),
            (r#"<!-- {"a": 1} -->"#, vec![json!({"a": 1})]),
            ("//<![CDATA[\n{\"a\": 1}\n//]]>", vec![json!({"a": 1})]),
            ("{\"a\": \"one\ntwo\tthree\"}", vec![json!({"a": "one\ntwo three"})]),
            (r#"{"a": "it\'s", "b": [1, 2, ], }"#, vec![json!({"a": "it's", "b": [1, 2]})]),
            (r#"{"a": 1}; {"b": 2};"#, vec![json!({"a": 1}), json!({"b": 2})]),
            ("{&quot;a&quot;: &quot;b&quot;}", vec![json!({"a": "b"})]),
            (r#"{"a": 1} {"b": "#, vec![json!({"a": 1})]),
            ("no JSON", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(values(script, &mut { MAX_VALUES }), expected, "{script}");
        }
    }

    #[test]
    fn depth_without_end_is_passed_over() {
        assert!(values(&"[".repeat(1 << 20), &mut { MAX_VALUES }).is_empty());
        assert!(values(&"{\"a\":".repeat(1 << 18), &mut { MAX_VALUES }).is_empty());
        assert!(values(&"]".repeat(1 << 20), &mut { MAX_VALUES }).is_empty());
    }
}
