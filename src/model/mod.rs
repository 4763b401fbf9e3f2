//! The model as plain data.
pub mod decision;
