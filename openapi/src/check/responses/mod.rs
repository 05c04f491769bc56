//! Responses: whether all that the document allows can be decoded. Values are made of the schemas of each response, and
//! run through the decoder of the operation.

mod bodies;
mod misfit;
mod repairs;

use api_request::Events;
use serde_json::Value as Json;

use self::{
    bodies::{Form, Head},
    misfit::{Misfit, Misfits, Reason, Tried},
    repairs::{Decode, Repairs},
};
use super::{Pair, difference::Findings, path};
use crate::{
    document::{Media, Place, Response, Schema, Status, Type},
    instances::{Instances, Kind, Values},
    model::{Format, format_of, is_event},
};

/// How many parts of the fullest value are left out, to see what else does not fit.
const MAX_REPAIRS: usize = 30;

/// Something that differs.
struct Finding {
    place: Place,
    at: String,
    message: String,
}

/// Checks the responses of an operation.
struct Responses<'a, 'f> {
    pair: &'f Pair<'a>,
    values: &'f Values<'a>,
    findings: &'f mut Findings,
    /// The media types that are asked for; empty if that is not known.
    accept: &'f str,
}

/// A response of the document with a status.
#[derive(Debug, Clone, Copy)]
struct Described<'a> {
    response: &'a Response,
    status: u16,
}

impl Described<'_> {
    fn at(self) -> String {
        format!("response {}", self.status)
    }

    fn is_success(self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Runs values of all responses through the decoder.
pub(super) fn compare<'a>(pair: &Pair<'a>, values: &Values<'a>, findings: &mut Findings) {
    let mut responses = Responses {
        pair,
        values,
        findings,
        accept: pair.any.accept(),
    };
    let all = &pair.operation.responses;
    for response in all {
        for status in statuses(response.status, all) {
            responses.response(Described { response, status });
        }
    }
}

impl<'a> Responses<'a, '_> {
    fn add(&mut self, found: impl IntoIterator<Item = Finding>) {
        for finding in found {
            let Finding { place, at, message } = finding;
            self.findings.add(self.pair, place, at, message);
        }
    }

    fn unchecked(&mut self, described: Described<'_>, reason: &str) {
        let reason = format!("the {} {reason}", described.at());
        self.findings.unchecked(self.pair.declared.name(), reason);
    }

    fn response(&mut self, described: Described<'a>) {
        let Described { response, status } = described;
        let is_redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
        if is_redirect && self.decode(&self.head(described, None), "").is_some() {
            // It is not declared, so the client follows it.
            return;
        }
        let has_body = !matches!(status, 204 | 205 | 304) && self.pair.operation.method != "HEAD";
        let content = response.content.iter().filter(|_| has_body);
        let content: Vec<_> = content
            .map(|(name, media)| (name.as_str(), media))
            .collect();
        if content.is_empty() {
            // An error without a body has nothing to be decoded.
            if described.is_success() {
                let found = self.whole(described, None, "", "an empty body");
                self.add(found);
            }
            return;
        }
        let is_accepted = |name: &str| self.accept.is_empty() || is_asked_for(self.accept, name);
        let has_accepted = content.iter().any(|(name, _)| is_accepted(name));
        let mut of_bodies = Vec::new();
        for (name, media) in content {
            let format = format_of(name);
            let has_events = self.pair.declared.events().is_some();
            if format == Format::Events && has_events && described.is_success() {
                let found = self.events(described, name, media);
                self.add(found);
                continue;
            }
            let is_left_out = has_accepted && !is_accepted(name);
            // Whatever the type of errors is, it is read from JSON.
            let is_text = !matches!(format, Format::Json | Format::Any);
            if described.is_success() && !is_left_out || !described.is_success() && !is_text {
                of_bodies.push(self.body(described, name, media));
            }
        }
        // A server chooses one that the client asks for, and the client wants one that it decodes.
        let best = of_bodies.into_iter().min_by_key(Vec::len);
        self.add(best.unwrap_or_default());
    }

    fn body(&mut self, described: Described<'a>, name: &str, media: &'a Media) -> Vec<Finding> {
        let format = format_of(name);
        let of_items = media.item_schema.as_ref();
        let schema = match format {
            Format::Lines => of_items.or(media.schema.as_ref()),
            _ => media.schema.as_ref().or(of_items),
        };
        let flat = schema.map(|schema| self.pair.document.flat(schema));
        let is_text = flat
            .as_ref()
            .is_some_and(|flat| flat.types == [Type::String] && flat.values.is_empty());
        let is_binary = is_text && flat.is_some_and(|flat| flat.format == Some("binary"));
        let form = match format {
            Format::Json if !is_binary => Form::Json,
            Format::Any if !is_text => Form::Json,
            Format::Lines => Form::Line,
            _ => {
                let what = format!("the media type `{name}`");
                let found = self.whole(described, Some(name), "text", &what);
                return found.into_iter().collect();
            }
        };
        let Some(schema) = schema else {
            self.unchecked(described, "has no schema");
            return Vec::new();
        };
        self.values(described, name, form, schema)
    }

    fn events(&mut self, described: Described<'a>, name: &str, media: &'a Media) -> Vec<Finding> {
        let Some(schema) = media.item_schema.as_ref().or(media.schema.as_ref()) else {
            self.unchecked(described, "has no schema of its events");
            return Vec::new();
        };
        let is_whole = is_event(&self.pair.document.flat(schema));
        let declared = self.pair.declared.events();
        let only = declared.and_then(|events| events.only().first());
        let form = Form::Event {
            is_whole,
            default: only.copied(),
            end: declared.and_then(Events::done),
        };
        let mut found = self.values(described, name, form, schema);
        if let (true, Some(end)) = (found.is_empty(), &media.sentinel) {
            let text = format!("data: {end}\n\n");
            let what = format!("the event `{end}` that ends the stream");
            found.extend(self.whole(described, Some(name), &text, &what));
        }
        found
    }

    /// Checks a body that is not made of a schema.
    fn whole(
        &self,
        described: Described<'a>,
        media_type: Option<&str>,
        body: &str,
        what: &str,
    ) -> Option<Finding> {
        let head = self.head(described, media_type);
        let reason = self.decode(&head, body)?;
        let text = reason
            .about_the_head()
            .unwrap_or_else(|| format!(": cannot be decoded from {what}"));
        Some(Finding {
            place: described.response.place,
            at: described.at(),
            message: text,
        })
    }

    fn values(
        &mut self,
        described: Described<'a>,
        media_type: &str,
        form: Form<'_>,
        schema: &'a Schema,
    ) -> Vec<Finding> {
        let instances = self.values.instances(schema);
        if instances.all.is_empty() {
            self.unchecked(described, "has a schema that no value was made of");
        }
        let head = self.head(described, Some(media_type));
        let decode = |value: &Json| self.decode(&head, &form.write(value));
        let misfits = match self.misfits(schema, instances, &decode) {
            Ok(misfits) => misfits,
            Err(message) => {
                return vec![Finding {
                    place: described.response.place,
                    at: described.at(),
                    message,
                }];
            }
        };
        let found = misfits.into_iter().map(|misfit| {
            let at = match misfit.shown.as_str() {
                "" => described.at(),
                path => format!("{}, `{path}`", described.at()),
            };
            Finding {
                place: misfit.place,
                at,
                message: format!(": {}", misfit.text()),
            }
        });
        found.collect()
    }

    /// Decodes values, and says where they do not fit; or what is wrong with all of them.
    fn misfits(
        &self,
        schema: &'a Schema,
        instances: Instances,
        decode: Decode<'_>,
    ) -> Result<Vec<Misfit>, String> {
        let document = self.pair.document;
        let mut misfits = Misfits::default();
        let mut fullest = instances.get(Kind::Fullest).map(|it| it.value.clone());
        let mut repairs = Repairs::default();
        if let Some(value) = &mut fullest {
            for _ in 0..MAX_REPAIRS {
                let Some(reason) = decode(value) else { break };
                let tried = Tried::new(schema, value);
                let pointer = misfits.add(document, tried, reason)?;
                if !repairs.add(document, schema, value, pointer, decode) {
                    break;
                }
            }
        }
        if let Some(smallest) = instances.get(Kind::Smallest) {
            let mut value = smallest.value.clone();
            for _ in 0..MAX_REPAIRS {
                let Some(reason) = decode(&value) else { break };
                let tried = Tried::new(schema, &value);
                let pointer = misfits.add(document, tried, reason)?;
                // What is there shows what else is missing.
                let full = fullest.as_ref().and_then(|full| full.pointer(&pointer));
                if !full.is_some_and(|full| path::insert(&mut value, &pointer, full)) {
                    break;
                }
            }
        }
        let variations = instances.all.into_iter();
        for variation in variations.filter(|it| it.kind == Kind::Variation) {
            let (mut value, changed) = (variation.value, variation.pointer);
            if !repairs.apply(&mut value, &changed)
                || (repairs.failed_around(&changed) && is_like(&value, fullest.as_ref(), &changed))
            {
                continue;
            }
            if let Some(reason) = decode(&value) {
                let tried = Tried {
                    changed: Some(&changed),
                    ..Tried::new(schema, &value)
                };
                misfits.add(document, tried, reason)?;
            }
        }
        Ok(misfits.finish())
    }

    fn head<'n>(&self, described: Described<'a>, media_type: Option<&'n str>) -> Head<'n> {
        let mut head = Head::new(described.status, media_type);
        for name in &described.response.headers {
            head.insert(name, "1");
        }
        if (300..400).contains(&described.status) {
            head.insert("location", "https://example.com/");
        }
        // What a header is like is not known, but which is not taken.
        for text in [
            "text",
            "https://example.com/",
            "Sat, 29 Nov 2025 08:00:00 GMT",
            "2025-11-29T08:00:00Z",
            "true",
        ] {
            let reason = self.decode(&head, "");
            let refused = reason.and_then(|reason| reason.header());
            match refused.filter(|name| head.headers.contains_key(name)) {
                Some(name) => head.insert(&name, text),
                None => break,
            }
        }
        head
    }

    fn decode(&self, head: &Head<'_>, body: &str) -> Option<Reason> {
        let response = head.response(body.to_owned());
        let error = self.pair.any.check_response(response).err()?;
        Some(Reason::new(&error))
    }
}

/// The status codes that stand for a status: of a class or of all others, one that the document does not name.
fn statuses(status: Status, all: &[Response]) -> Vec<u16> {
    let is_named = |code: u16, class_too: bool| {
        all.iter().any(|response| match response.status {
            Status::Code(it) => it == code,
            Status::Class(it) => class_too && it == code / 100,
            Status::Default => false,
        })
    };
    match status {
        Status::Code(100..200) | Status::Class(1) => Vec::new(),
        Status::Code(code) => vec![code],
        Status::Class(class) => {
            let mut codes = class * 100..class * 100 + 100;
            codes
                .find(|code| !is_named(*code, false))
                .into_iter()
                .collect()
        }
        Status::Default => {
            let has_success = (200..300).any(|code| is_named(code, true));
            let success = (!has_success).then_some(200);
            let error = [500, 400].into_iter().chain(501..600).chain(401..500);
            let error = error.into_iter().find(|code| !is_named(*code, true));
            success.into_iter().chain(error).collect()
        }
    }
}

/// Whether a value is another one but for what is at the pointer.
fn is_like(value: &Json, other: Option<&Json>, pointer: &str) -> bool {
    let Some(other) = other else { return false };
    let mut value = value.clone();
    if let (Some(place), Some(before)) = (value.pointer_mut(pointer), other.pointer(pointer)) {
        place.clone_from(before);
    }
    value == *other
}

/// Whether a media type is among those of the header `Accept`.
fn is_asked_for(accept: &str, media_type: &str) -> bool {
    let bare = |text: &str| {
        text.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    let media_type = bare(media_type);
    let kind = media_type.split('/').next().unwrap_or_default();
    accept.split(',').map(bare).any(|asked| {
        let is_of_kind = asked.strip_suffix("/*").is_some_and(|it| it == kind);
        asked == "*/*" || asked == media_type || is_of_kind || media_type.contains('*')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_represented() {
        let response = |status| Response {
            place: Place::default(),
            status,
            description: None,
            headers: Vec::new(),
            content: indexmap::IndexMap::new(),
        };
        let all = [
            Status::Code(200),
            Status::Class(2),
            Status::Code(500),
            Status::Class(5),
            Status::Default,
        ];
        let codes = |all: &[Status]| {
            let responses: Vec<_> = all.iter().copied().map(response).collect();
            let codes = all.iter().map(|status| statuses(*status, &responses));
            codes.collect::<Vec<_>>()
        };
        assert_eq!(
            codes(&all),
            [vec![200], vec![201], vec![500], vec![501], vec![400]]
        );
        assert_eq!(codes(&[Status::Default]), [[200, 500]]);
        assert!(is_asked_for(
            "text/csv, application/*;q=0.5",
            "application/json; charset=utf-8"
        ));
        assert!(!is_asked_for("application/json", "application/xml"));
    }
}
