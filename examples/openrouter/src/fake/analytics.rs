//! Questions about the requests to models: sums of them, by what they have in common and by time, and day by day.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{days::DAY, generations::Kept, prelude::*};
use crate::analytics::{
    self as api, AnalyticsGranularityName as Step, AnalyticsOperatorName as Operator,
};
use crate::{common::SortDirection, generations::Generation};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(meta).on(query).on(list_activity)
}

/// What rows can be divided by, with names for people.
const DIMENSIONS: [(&str, &str); 5] = [
    ("model", "Model"),
    ("provider", "Provider"),
    ("api_key_id", "API Key"),
    ("workspace", "Workspace"),
    ("api_type", "API"),
];

/// What can be counted, with names for people and what the numbers are.
const METRICS: [(&str, &str, &str); 4] = [
    ("request_count", "Request Count", "number"),
    ("tokens_prompt", "Prompt Tokens", "number"),
    ("tokens_completion", "Completion Tokens", "number"),
    ("total_usage", "Usage", "currency"),
];

/// What a generation has of all that.
fn facts(kept: &Kept) -> Value {
    let data = &kept.data;
    json!({
        "model": data.model, "provider": data.provider_name, "api_key_id": kept.key,
        "workspace": data.workspace_id, "api_type": data.api_type,
        "request_count": 1, "tokens_prompt": data.tokens_prompt,
        "tokens_completion": data.tokens_completion, "total_usage": data.total_cost,
    })
}

async fn meta(_: api::GetAnalyticsMeta) -> Answer<api::GetAnalyticsMeta> {
    let dimensions = DIMENSIONS.map(|(name, label)| json!({"name": name, "display_label": label}));
    let metrics = METRICS.map(|(name, label, format)| {
        json!({"name": name, "display_label": label, "display_format": format, "is_rate": false})
    });
    typed(json!({"data": {
        "dimensions": dimensions,
        "metrics": metrics,
        "granularities": [
            {"name": "minute", "display_label": "Minute"}, {"name": "hour", "display_label": "Hour"},
            {"name": "day", "display_label": "Day"}, {"name": "week", "display_label": "Week"},
            {"name": "month", "display_label": "Month"},
        ],
        "operators": [
            {"name": "eq", "value_type": "scalar"}, {"name": "neq", "value_type": "scalar"},
            {"name": "in", "value_type": "array"}, {"name": "not_in", "value_type": "array"},
        ],
    }}))
}

/// The facts that are asked about, by time and by their values of the dimensions.
type Groups = BTreeMap<(u64, Vec<String>), Vec<Value>>;

async fn query(state: Held, query: api::QueryAnalytics) -> Answer<api::QueryAnalytics> {
    let groups = group(&state, &query)?;
    let mut rows = Vec::new();
    let mut of_group: BTreeMap<&[String], i64> = BTreeMap::new();
    for ((time, values), facts) in &groups {
        let rank = of_group.entry(values).or_default();
        *rank += 1;
        if !values.is_empty() && query.group_limit.is_some_and(|most| *rank > most) {
            continue;
        }
        let mut row = Object::new();
        if let Some(step) = &query.granularity {
            row.insert(format!("date__{step}"), json!(days::format_time(*time)));
        }
        let names = query.dimensions.iter().flatten().cloned();
        row.extend(names.zip(values.iter().map(|value| json!(value))));
        row.extend((query.metrics.iter()).map(|name| (name.clone(), sum(name, facts))));
        rows.push((row, facts.len()));
    }
    if let Some(order) = &query.order_by {
        rows.sort_by(|a, b| compare(a, b, order));
    }
    let limit = usize::try_from(query.limit.unwrap_or(1000)).unwrap_or_default();
    let truncated = rows.len() > limit;
    let rows: Vec<_> = rows.into_iter().take(limit).map(|(row, _)| row).collect();
    let metadata = json!({"query_time_ms": 0, "row_count": rows.len(), "truncated": truncated});
    typed(json!({"data": {"data": rows, "metadata": metadata}}))
}

fn group(state: &State, query: &api::QueryAnalytics) -> Result<Groups> {
    if query.classifier_dimensions.is_some() || query.classifier_filters.is_some() {
        return Err(not_found("there is no such classifier"));
    }
    let dimensions = query.dimensions.as_deref().unwrap_or_default();
    let filters = query.filters.as_deref().unwrap_or_default();
    let fields = filters.iter().map(|filter| &filter.field);
    let names = dimensions.iter().chain(fields);
    check("dimension", names, &DIMENSIONS.map(|it| it.0))?;
    check("metric", &query.metrics, &METRICS.map(|it| it.0))?;
    let filters: Vec<_> = filters.iter().map(condition).collect::<Result<_>>()?;
    let makes_sense = !query.metrics.is_empty() && dimensions.len() <= 2 && filters.len() <= 20;
    ensure(makes_sense, "there is no metric, or too much to go by")?;
    let range = match &query.time_range {
        Some(range) => days::parse_time(&range.start)?..days::parse_time(&range.end)?,
        None => 0..u64::MAX,
    };
    let mut groups = Groups::new();
    if dimensions.is_empty() && query.granularity.is_none() {
        // A sum of everything is there even if it is one of nothing.
        groups.insert((0, Vec::new()), Vec::new());
    }
    let start_of = steps(query.granularity.as_deref())?;
    for kept in state.generations.iter() {
        let (facts, time) = (facts(kept), days::parse_time(&kept.data.created_at)?);
        if range.contains(&time) && filters.iter().all(|is_met| is_met(&facts)) {
            let values = dimensions.iter().map(|name| facts[name].as_str());
            let values = values.map(|value| value.unwrap_or_default().to_owned());
            let group = (start_of(time), values.collect());
            groups.entry(group).or_default().push(facts);
        }
    }
    Ok(groups)
}

/// Refuses names of what is not there.
fn check<'n>(what: &str, names: impl IntoIterator<Item = &'n String>, known: &[&str]) -> Result {
    names.into_iter().try_for_each(|name| {
        let is_known = known.contains(&name.as_str());
        ensure(is_known, format!("there is no {what} `{name}`"))
    })
}

/// What is compared with one value is compared with a list of one.
fn condition(filter: &api::AnalyticsFilter) -> Result<impl Fn(&Value) -> bool> {
    let is_in = match Operator::from(filter.operator.as_str()) {
        Operator::Eq | Operator::In => true,
        Operator::Neq | Operator::NotIn => false,
        other => return Err(bad_request(format!("there is no operator `{other}`"))),
    };
    let values = match json!(filter.value) {
        Value::Array(values) => values,
        value => vec![value],
    };
    Ok(move |facts: &Value| values.contains(&facts[&filter.field]) == is_in)
}

/// What finds the start of the step of time that a time is in.
fn steps(granularity: Option<&str>) -> Result<fn(u64) -> u64> {
    match granularity.map(Step::from) {
        None => Ok(|_| 0),
        Some(Step::Minute) => Ok(|time| time / 60 * 60),
        Some(Step::Hour) => Ok(|time| time / 3600 * 3600),
        Some(Step::Day) => Ok(|time| time / DAY * DAY),
        Some(Step::Week) => Ok(|time| days::monday(time / DAY) * DAY),
        Some(Step::Month) => Ok(|time| days::first_of_month(time / DAY) * DAY),
        Some(Step::Other(other)) => Err(bad_request(format!("there is no granularity `{other}`"))),
    }
}

/// A sum, which is whole where all numbers are.
fn sum(metric: &str, facts: &[Value]) -> Value {
    let values = facts.iter().map(|facts| &facts[metric]);
    match values.clone().map(Value::as_i64).sum::<Option<i64>>() {
        Some(whole) => json!(whole),
        None => json!(values.filter_map(Value::as_f64).sum::<f64>()),
    }
}

/// Compares rows with how many requests they are of, which an order can go by even where the rows do not tell.
fn compare(a: &(Object, usize), b: &(Object, usize), order: &api::AnalyticsOrder) -> Ordering {
    let field = order.field.as_str();
    let is_it = |name: &str| name == field || (field == "date" && name.starts_with("date__"));
    let value = |(row, requests): &(Object, usize)| match row.iter().find(|it| is_it(it.0)) {
        None if field == "request_count" => json!(requests),
        found => found.map(|it| it.1.clone()).unwrap_or_default(),
    };
    let (a, b) = match order.direction {
        SortDirection::Desc => (value(b), value(a)),
        _ => (value(a), value(b)),
    };
    let ordering = (a.as_f64(), a.as_str()).partial_cmp(&(b.as_f64(), b.as_str()));
    ordering.unwrap_or(Ordering::Equal)
}

/// What was asked of models, day by day. Unlike at the API, today counts too.
async fn list_activity(state: Held, request: api::GetUserActivity) -> Answer<api::GetUserActivity> {
    let today = days::today();
    let asked = request.date.as_ref();
    let is_known = asked.is_none_or(|day| (today - 30..=today).contains(&days::parse(day)));
    ensure(is_known, "`date` is none of the last 30 days")?;
    let by_workspace = request.group_by == Some(api::GetUserActivityGroupBy::Workspace);
    let mut rows = BTreeMap::new();
    for kept in state.generations.iter() {
        let data = &kept.data;
        let day = data.created_at.split('T').next().unwrap_or_default();
        let workspace = data.workspace_id.as_deref().unwrap_or_default();
        // The keys of the stand-in have no creator.
        let is_wanted = request.user_id.is_none()
            && is(asked, day)
            && is(request.workspace_id.as_ref(), workspace)
            && is(request.api_key_hash.as_ref(), &kept.key);
        if is_wanted {
            let workspace = by_workspace.then_some(workspace);
            let row = rows.entry((day, &data.model, workspace));
            let row = row.or_insert_with(|| new_row(day, data, workspace));
            row.requests += 1;
            row.prompt_tokens += data.tokens_prompt.unwrap_or(0);
            row.completion_tokens += data.tokens_completion.unwrap_or(0);
            row.usage += data.total_cost;
        }
    }
    let data = rows.into_values().rev().collect();
    Ok(api::ActivityResponse { data })
}

/// A row that nothing is counted in yet.
fn new_row(date: &str, of: &Generation, workspace: Option<&str>) -> api::ActivityRow {
    let place = MODELS.iter().position(|model| model.id == of.model);
    let place = place.unwrap_or_default();
    api::ActivityRow {
        date: date.to_owned(),
        model: of.model.clone(),
        model_permaslug: of.model.clone(),
        endpoint_id: format!("00000000-0000-4000-9000-{place:012}"),
        provider_name: of.provider_name.clone().unwrap_or_default(),
        workspace_id: workspace.map(str::to_owned),
        ..api::ActivityRow::default()
    }
}
