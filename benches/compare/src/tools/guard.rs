//! A tool's panic is that tool's failure on that page, and nothing else.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

thread_local! {
    /// Whether this thread is within a tool.
    static IN_TOOL: Cell<bool> = const { Cell::new(false) };
}

/// From now on panics within [`guarded`] print nothing; others do as before.
pub fn quiet_in_tools() {
    let before = take_hook();
    set_hook(Box::new(move |info| {
        if !IN_TOOL.get() {
            before(info);
        }
    }));
}

/// Calls a tool. A panic becomes an error that says what it said.
pub fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    IN_TOOL.set(true);
    // What a tool leaves behind when it unwinds is its own: each page begins anew.
    let result = catch_unwind(AssertUnwindSafe(call));
    IN_TOOL.set(false);
    result.map_err(|panic| format!("panic: {}", message(panic.as_ref())))
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        quiet_in_tools();
        assert_eq!(guarded(|| 1), Ok(1));
        let n = 3;
        assert_eq!(guarded(|| -> u8 { panic!("at {n}") }), Err("panic: at 3".to_owned()));
    }
}
