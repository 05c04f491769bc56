//! Numbers within bounds.

use serde_json::{Number, Value as Json};

use crate::document::{Limits, Type};

/// What a number has to be.
pub(super) struct Bounds<'a> {
    pub(super) limits: &'a Limits,
    pub(super) format: Option<&'a str>,
    pub(super) kind: Type,
}

impl Bounds<'_> {
    /// Whether a number is within the bounds.
    pub(super) fn fits(&self, number: &Number) -> bool {
        let Some(value) = number.as_f64() else {
            return false;
        };
        let bound = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
        let limits = self.limits;
        let step = bound(&limits.multiple_of).filter(|step| *step > 0.0);
        let is_multiple = |step: f64| {
            let times = value / step;
            (times - times.round()).abs() < 1e-9
        };
        let (least, most) = self.range();
        (self.kind != Type::Integer || value.fract() == 0.0)
            && value >= least
            && value <= most
            && bound(&limits.minimum).is_none_or(|it| value >= it)
            && bound(&limits.maximum).is_none_or(|it| value <= it)
            && bound(&limits.exclusive_minimum).is_none_or(|it| value > it)
            && bound(&limits.exclusive_maximum).is_none_or(|it| value < it)
            && step.is_none_or(is_multiple)
    }

    /// What the format says about the range.
    fn range(&self) -> (f64, f64) {
        match self.format {
            Some("int8") => (-128.0, 127.0),
            Some("uint8") => (0.0, 255.0),
            Some("int16") => (-32_768.0, 32_767.0),
            Some("uint16") => (0.0, 65_535.0),
            Some("int32") => (f64::from(i32::MIN), f64::from(i32::MAX)),
            Some("uint32") => (0.0, f64::from(u32::MAX)),
            Some("uint64" | "uint") => (0.0, f64::MAX),
            _ => (f64::MIN, f64::MAX),
        }
    }

    /// A number, if one is found. `nth` tells the numbers of one list apart.
    pub(super) fn make(&self, full: bool, nth: usize) -> Option<Json> {
        let limits = self.limits;
        let given = [
            &limits.minimum,
            &limits.maximum,
            &limits.exclusive_minimum,
            &limits.exclusive_maximum,
        ];
        let mut candidates: Vec<Number> = Vec::new();
        if self.kind == Type::Number && full {
            // A fraction, so that a decoder of whole numbers is found out.
            let range = |low: &Option<Number>| low.as_ref().and_then(Number::as_f64);
            let low = range(&limits.minimum).or(range(&limits.exclusive_minimum));
            let high = range(&limits.maximum).or(range(&limits.exclusive_maximum));
            let middle = low.zip(high).map(|(low, high)| f64::midpoint(low, high));
            let fractions = [
                Some(1.5),
                low.map(|it| it + 0.5),
                high.map(|it| it - 0.5),
                Some(0.5),
                middle,
            ];
            let fractions = fractions
                .into_iter()
                .flatten()
                .filter(|it| it.fract() != 0.0);
            candidates.extend(fractions.filter_map(Number::from_f64));
        }
        candidates.extend([1, 0].map(Number::from));
        candidates.extend(given.into_iter().flatten().cloned());
        let steps = given.into_iter().flatten().chain(&limits.multiple_of);
        for start in steps.filter_map(Number::as_f64) {
            let step = limits
                .multiple_of
                .as_ref()
                .and_then(Number::as_f64)
                .unwrap_or(1.0);
            let near = (start / step).ceil() * step;
            let numbers = [near, near + step, near - step, start.ceil(), start.floor()];
            candidates.extend(numbers.into_iter().filter_map(whole));
        }
        if let (Some(low), Some(high)) = (
            limits
                .minimum
                .as_ref()
                .or(limits.exclusive_minimum.as_ref()),
            limits
                .maximum
                .as_ref()
                .or(limits.exclusive_maximum.as_ref()),
        ) && let (Some(low), Some(high)) = (low.as_f64(), high.as_f64())
        {
            candidates.extend(Number::from_f64(f64::midpoint(low, high)));
        }
        let found = candidates.into_iter().find(|it| self.fits(it))?;
        let found = self.whole(found);
        if nth == 0 {
            return Some(Json::Number(found));
        }
        let step = limits
            .multiple_of
            .as_ref()
            .and_then(Number::as_f64)
            .unwrap_or(1.0);
        #[allow(clippy::cast_precision_loss, reason = "lists are short")]
        let away = step * nth as f64;
        let start = found.as_f64()?;
        let others = [start + away, start - away].into_iter().filter_map(whole);
        others
            .filter(|it| self.fits(it))
            .map(|it| Json::Number(self.whole(it)))
            .next()
    }

    /// A whole number is written without a fraction where the type is that of whole numbers.
    fn whole(&self, number: Number) -> Number {
        match number.as_f64() {
            Some(value) if self.kind == Type::Integer && number.is_f64() => {
                whole(value).unwrap_or(number)
            }
            _ => number,
        }
    }
}

/// A number, without a fraction if it has none.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the number is within the range"
)]
fn whole(value: f64) -> Option<Number> {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Some(Number::from(value as i64));
    }
    Number::from_f64(value)
}
