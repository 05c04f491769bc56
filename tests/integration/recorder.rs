//! Records all spans and events of a thread, with the values of their fields.

use std::{
    collections::BTreeMap,
    fmt::{Debug, Write},
    sync::{Arc, LazyLock, Mutex},
};

use tracing::{
    Dispatch, Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::{DefaultGuard, set_default},
};

/// A span or an event: its level, and its fields as text.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) level: Level,
    pub(crate) target: &'static str,
    pub(crate) fields: BTreeMap<&'static str, String>,
    /// How often it was entered, less how often it was left.
    pub(crate) entered: i32,
    /// The index of the span that an event belongs to.
    pub(crate) parent: Option<usize>,
}

impl Told {
    pub(crate) fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }
}

#[derive(Debug, Default)]
struct Log {
    spans: Vec<Told>,
    events: Vec<Told>,
    stack: Vec<usize>,
}

#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Log>>);

impl Recorder {
    /// Records what this thread does as long as the guard lives.
    pub(crate) fn start() -> (Self, DefaultGuard) {
        // Where there is one subscriber alone, `tracing` asks the thread that is the first at a span whether to record it
        // anywhere, and that thread may record nothing.
        static SECOND: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Recorder::default()));
        LazyLock::force(&SECOND);
        let recorder = Self::default();
        (recorder.clone(), set_default(recorder))
    }

    /// The spans of the library.
    pub(crate) fn spans(&self) -> Vec<Told> {
        ours(&self.0.lock().unwrap().spans)
    }

    /// The events of the library.
    pub(crate) fn events(&self) -> Vec<Told> {
        ours(&self.0.lock().unwrap().events)
    }

    /// Everything, whoever told it, as a program would log it.
    pub(crate) fn all(&self) -> String {
        format!("{:?}", self.0.lock().unwrap())
    }
}

fn ours(told: &[Told]) -> Vec<Told> {
    let ours = told.iter().filter(|told| told.target == "api_request");
    ours.cloned().collect()
}

fn index(id: &Id) -> usize {
    usize::try_from(id.into_u64()).unwrap() - 1
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut log = self.0.lock().unwrap();
        let mut told = told(span.metadata());
        span.record(&mut told);
        log.spans.push(told);
        Id::from_u64(log.spans.len().try_into().unwrap())
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(&mut self.0.lock().unwrap().spans[index(span)]);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut log = self.0.lock().unwrap();
        let mut told = told(event.metadata());
        event.record(&mut told);
        told.parent = event.parent().map(index).or(log.stack.last().copied());
        log.events.push(told);
    }

    fn enter(&self, span: &Id) {
        let mut log = self.0.lock().unwrap();
        log.spans[index(span)].entered += 1;
        log.stack.push(index(span));
    }

    fn exit(&self, span: &Id) {
        let mut log = self.0.lock().unwrap();
        log.spans[index(span)].entered -= 1;
        assert_eq!(log.stack.pop(), Some(index(span)), "left out of order");
    }
}

fn told(metadata: &Metadata<'static>) -> Told {
    Told {
        level: *metadata.level(),
        target: metadata.target(),
        fields: BTreeMap::new(),
        entered: 0,
        parent: None,
    }
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut text = String::new();
        write!(text, "{value:?}").unwrap();
        self.fields.insert(field.name(), text);
    }
}
