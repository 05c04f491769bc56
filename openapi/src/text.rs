//! Text that is built piece by piece.

/// Appends formatted text to a `String`, which cannot fail.
macro_rules! add {
    ($out:expr, $($format:tt)*) => {{
        use std::fmt::Write as _;
        let _ = $out.write_fmt(format_args!($($format)*));
    }};
}
pub(crate) use add;
