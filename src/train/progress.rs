//! Telling the caller how far training is.

/// Calls back at every step; the library itself prints nothing.
pub struct Progress<'a> {
    callback: &'a mut dyn FnMut(&str),
}

impl<'a> Progress<'a> {
    /// Progress that is told to `callback`, one call a step with the step's name.
    pub fn new(callback: &'a mut dyn FnMut(&str)) -> Self {
        Self { callback }
    }

    pub(super) fn step(&mut self, name: &str) {
        (self.callback)(name);
    }
}
