//! A question, and the rows that answer it.

use std::cmp::Ordering;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{DIMENSIONS, METRICS};
use crate::fake::{days, refusal::Refusal};

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    metrics: Vec<String>,
    #[serde(default)]
    pub(super) dimensions: Vec<String>,
    #[serde(default)]
    pub(super) filters: Vec<Filter>,
    pub(super) granularity: Option<String>,
    pub(super) group_limit: Option<usize>,
    pub(super) limit: Option<usize>,
    order_by: Option<Order>,
    pub(super) time_range: Option<Range>,
    classifier_dimensions: Option<Value>,
    classifier_filters: Option<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Filter {
    field: String,
    operator: String,
    value: Value,
}

#[derive(Debug, Deserialize)]
struct Order {
    field: String,
    direction: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Range {
    pub(super) start: String,
    pub(super) end: String,
}

impl Filter {
    pub(super) fn takes(&self, kept: &Value) -> Result<bool, Refusal> {
        let value = dimension(&self.field, kept)?;
        let is_in = |values: &Value| {
            values
                .as_array()
                .is_some_and(|values| values.contains(&value))
        };
        match self.operator.as_str() {
            "eq" => Ok(value == self.value),
            "neq" => Ok(value != self.value),
            "in" => Ok(is_in(&self.value)),
            "not_in" => Ok(!is_in(&self.value)),
            other => Err(unknown("operator", other)),
        }
    }
}

impl Question {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.classifier_dimensions.is_some() || self.classifier_filters.is_some() {
            return Err(Refusal::not_found("there is no such classifier"));
        }
        if self.metrics.is_empty() || self.dimensions.len() > 2 || self.filters.len() > 20 {
            return Err(Refusal::bad_request(
                "there is no metric, or too much to go by",
            ));
        }
        // An empty value stands for what is not looked at yet.
        for name in &self.dimensions {
            dimension(name, &Value::Null)?;
        }
        for filter in &self.filters {
            filter.takes(&Value::Null)?;
        }
        for name in &self.metrics {
            metric(name, &Value::Null)?;
        }
        self.bucket(0).map(drop)
    }

    /// The start of the step of time that a time is in.
    pub(super) fn bucket(&self, seconds: u64) -> Result<u64, Refusal> {
        let day = seconds / days::DAY;
        match self.granularity.as_deref() {
            None => Ok(0),
            Some("minute") => Ok(seconds / 60 * 60),
            Some("hour") => Ok(seconds / 3600 * 3600),
            Some("day") => Ok(day * days::DAY),
            Some("week") => Ok(days::monday(day) * days::DAY),
            Some("month") => Ok(days::first_of_month(day) * days::DAY),
            Some(other) => Err(unknown("granularity", other)),
        }
    }

    pub(super) fn row(
        &self,
        bucket: u64,
        dimensions: &[String],
        kept: &[&Value],
    ) -> Result<Map<String, Value>, Refusal> {
        let mut row = Map::new();
        if let Some(granularity) = &self.granularity {
            let date = days::format_time(bucket);
            row.insert(format!("date__{granularity}"), json!(date));
        }
        for (name, value) in self.dimensions.iter().zip(dimensions) {
            row.insert(name.clone(), json!(value));
        }
        for name in &self.metrics {
            row.insert(name.clone(), sum(name, kept)?);
        }
        Ok(row)
    }

    pub(super) fn sort(&self, rows: &mut [(Map<String, Value>, usize)]) {
        let Some(Order { field, direction }) = &self.order_by else {
            return;
        };
        let date = self
            .granularity
            .as_ref()
            .map(|granularity| format!("date__{granularity}"));
        let field = match field.as_str() {
            "date" => date.unwrap_or_default(),
            other => other.to_owned(),
        };
        rows.sort_by(|(a, a_count), (b, b_count)| {
            let order = match (a.get(&field), b.get(&field)) {
                (Some(a), Some(b)) => compare(a, b),
                _ if field == "request_count" => a_count.cmp(b_count),
                _ => Ordering::Equal,
            };
            if direction == "desc" {
                order.reverse()
            } else {
                order
            }
        });
    }
}

fn unknown(what: &str, name: &str) -> Refusal {
    Refusal::bad_request(format!("there is no {what} `{name}`"))
}

pub(super) fn dimension(name: &str, kept: &Value) -> Result<Value, Refusal> {
    let mut dimensions = DIMENSIONS.iter();
    let found = dimensions.find(|(dimension, ..)| *dimension == name);
    let (.., path) = found.ok_or_else(|| unknown("dimension", name))?;
    Ok(kept.pointer(path).cloned().unwrap_or_default())
}

/// What a generation counts for: 1 as a request.
fn metric(name: &str, kept: &Value) -> Result<Value, Refusal> {
    let mut metrics = METRICS.iter();
    let found = metrics.find(|(metric, ..)| *metric == name);
    match found.ok_or_else(|| unknown("metric", name))? {
        (.., "") => Ok(json!(1)),
        (.., path) => Ok(kept.pointer(path).cloned().unwrap_or_default()),
    }
}

fn sum(name: &str, kept: &[&Value]) -> Result<Value, Refusal> {
    let values = kept.iter().map(|kept| metric(name, kept));
    let values = values.collect::<Result<Vec<Value>, Refusal>>()?;
    let whole: Option<u64> = values.iter().map(Value::as_u64).sum();
    let all: f64 = values.iter().filter_map(Value::as_f64).sum();
    Ok(whole.map_or_else(|| json!(all), |whole| json!(whole)))
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.as_str().cmp(&b.as_str()),
    }
}
