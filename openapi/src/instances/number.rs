//! Numbers within bounds.

use serde_json::{Number, Value as Json};

use crate::document::{Limits, Type};

/// A number that takes more than 32 bits.
pub(super) const LARGE: i64 = 3_000_000_000;

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
        let candidates = self.candidates(full);
        let found = candidates.into_iter().find(|it| self.fits(it))?;
        let found = self.whole(found);
        if nth == 0 {
            return Some(Json::Number(found));
        }
        #[allow(clippy::cast_precision_loss, reason = "lists are short")]
        let away = self.step() * nth as f64;
        let start = found.as_f64()?;
        let others = [start + away, start - away].into_iter().filter_map(whole);
        let mut others = others.filter(|it| self.fits(it));
        others.next().map(|it| Json::Number(self.whole(it)))
    }

    fn step(&self) -> f64 {
        let step = self.limits.multiple_of.as_ref().and_then(Number::as_f64);
        step.unwrap_or(1.0)
    }

    /// Numbers that may be within the bounds, the best first.
    fn candidates(&self, full: bool) -> Vec<Number> {
        let limits = self.limits;
        let low = limits.minimum.iter().chain(&limits.exclusive_minimum);
        let high = limits.maximum.iter().chain(&limits.exclusive_maximum);
        let least = low.clone().next().and_then(Number::as_f64);
        let most = high.clone().next().and_then(Number::as_f64);
        let middle = least
            .zip(most)
            .map(|(least, most)| f64::midpoint(least, most));
        let mut candidates: Vec<Number> = Vec::new();
        if full && self.kind == Type::Number {
            // A fraction, so that a decoder of whole numbers is found out.
            let near = [least.map(|it| it + 0.5), most.map(|it| it - 0.5)];
            let fractions = [Some(1.5), near[0], near[1], Some(0.5), middle]
                .into_iter()
                .flatten();
            let fractions = fractions.filter(|it| it.fract() != 0.0);
            candidates.extend(fractions.filter_map(Number::from_f64));
        }
        if full && self.format == Some("int64") {
            // A decoder of smaller numbers is found out.
            candidates.push(LARGE.into());
        }
        candidates.extend([1, 0].map(Number::from));
        candidates.extend(low.clone().chain(high.clone()).cloned());
        let step = self.step();
        for start in low
            .chain(high)
            .chain(&limits.multiple_of)
            .filter_map(Number::as_f64)
        {
            let near = (start / step).ceil() * step;
            let numbers = [near, near + step, near - step, start.ceil(), start.floor()];
            candidates.extend(numbers.into_iter().filter_map(whole));
        }
        candidates.extend(middle.and_then(Number::from_f64));
        candidates
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
