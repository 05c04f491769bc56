//! What a stream of events means, as naively as the standard puts it: the whole text, line by line. The fuzz target
//! `event_decoder` uses it too.

use std::{mem, time::Duration};

use api_request::events::{Event, EventDecoder, EventError};

/// What a decoder makes of a stream: what it yields, and whether an event is lost at the end.
pub type Outcome = (Vec<Result<Event, EventError>>, bool);

/// What the decoder makes of the chunks, if events are taken as soon as they can be.
pub fn decoded<'a>(
    mut decoder: EventDecoder,
    chunks: impl IntoIterator<Item = &'a [u8]>,
) -> Outcome {
    let mut events = Vec::new();
    for chunk in chunks {
        decoder.feed(chunk);
        events.extend(std::iter::from_fn(|| decoder.next_event()));
    }
    let lost = decoder.finish();
    (events, lost)
}

/// What the stream means, if no event is too large.
pub fn reference(stream: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(stream);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (lines, cut) = text
        .rsplit_once('\n')
        .map_or((None, &*text), |(lines, cut)| (Some(lines), cut));

    let mut events = Vec::new();
    let (mut data, mut event, mut id, mut retry) =
        (String::new(), String::new(), String::new(), None);
    let mut open = false;
    for line in lines.into_iter().flat_map(|lines| lines.split('\n')) {
        open = !line.is_empty() && (open || !line.starts_with(':'));
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "" if line.is_empty() => {
                let (data, event) = (mem::take(&mut data), mem::take(&mut event));
                if let Some(data) = data.strip_suffix('\n') {
                    let mut complete = Event::default();
                    if !event.is_empty() {
                        complete.event = event.into();
                    }
                    data.clone_into(&mut complete.data);
                    complete.id.clone_from(&id);
                    complete.retry = retry.take();
                    events.push(Ok(complete));
                }
            }
            "data" => data.extend([value, "\n"]),
            "event" => value.clone_into(&mut event),
            "id" if !value.contains('\0') => value.clone_into(&mut id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                retry = Some(Duration::from_millis(value.parse().unwrap_or(u64::MAX)));
            }
            _ => {}
        }
    }
    let cut_off = !cut.is_empty() && !cut.starts_with(':');
    (events, open || cut_off)
}
