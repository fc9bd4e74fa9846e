//! The built page, end to end.
