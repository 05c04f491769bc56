//! Streams of events after the tests of the web platform, `eventsource/`, and the examples of the HTML standard.

use api_request::events::EventDecoder;

use crate::{event_chunks::chunkings, event_reference::decoded};

struct Case {
    /// What the standard says.
    name: &'static str,
    /// `{long}` stands for a text of 2,048 bytes.
    stream: &'static str,
    /// Type, data and last event ID.
    events: &'static [(&'static str, &'static str, &'static str)],
    /// In milliseconds.
    retry: Option<u128>,
}

const CASES: &[Case] = &[
    Case {
        name: "a byte order mark at the start is dropped, a later one begins another name",
        stream: "\u{feff}data:1\n\n\u{feff}data:2\n\ndata:3\n\n\n",
        events: &[("message", "1", ""), ("message", "3", "")],
        retry: None,
    },
    Case {
        name: "the second of two byte order marks begins a name",
        stream: "\u{feff}\u{feff}data:1\n\ndata:2\n\ndata:3\n\n\n",
        events: &[("message", "2", ""), ("message", "3", "")],
        retry: None,
    },
    Case {
        name: "comments are ignored, with any line end and of any length",
        stream: "data:1\r:\0\n:\r\ndata:2\n:{long}\rdata:3\n:data:fail\r:{long}\ndata:4\n\n",
        events: &[("message", "1\n2\n3\n4", "")],
        retry: None,
    },
    Case {
        name: "what no blank line ends is dropped",
        stream: "retry:1000\ndata:test1\n\nid:test\ndata:test2\n",
        events: &[("message", "test1", "")],
        retry: Some(1000),
    },
    Case {
        name: "empty data is data",
        stream: "data:\n\ndata\ndata\n\ndata:test\n\n\n",
        events: &[
            ("message", "", ""),
            ("message", "\n", ""),
            ("message", "test", ""),
        ],
        retry: None,
    },
    Case {
        name: "an empty type is the default type",
        stream: "event: \ndata:data\n\n\n",
        events: &[("message", "data", "")],
        retry: None,
    },
    Case {
        name: "the type holds for one event",
        stream: "event:test\ndata:x\n\ndata:x\n\n\n",
        events: &[("test", "x", ""), ("message", "x", "")],
        retry: None,
    },
    Case {
        name: "the ID holds until another one comes",
        stream: "id: 1\ndata: 1\n\ndata:2\n\n",
        events: &[("message", "1", "1"), ("message", "2", "1")],
        retry: None,
    },
    Case {
        name: "a later ID replaces the first",
        stream: "id: 1\ndata: 1\n\nid: 2\ndata:2\n\ndata:3\n\n",
        events: &[
            ("message", "1", "1"),
            ("message", "2", "2"),
            ("message", "3", "2"),
        ],
        retry: None,
    },
    Case {
        name: "an empty ID takes the last one back",
        stream: "id: 1\ndata: 1\n\nid:\ndata:2\n\ndata:3\n\n",
        events: &[
            ("message", "1", "1"),
            ("message", "2", ""),
            ("message", "3", ""),
        ],
        retry: None,
    },
    Case {
        name: "an ID of NULs is ignored",
        stream: "id:\0\0\ndata:hello\n\n",
        events: &[("message", "hello", "")],
        retry: None,
    },
    Case {
        name: "an ID that ends with a NUL is ignored",
        stream: "id:x\0\ndata:hello\n\n",
        events: &[("message", "hello", "")],
        retry: None,
    },
    Case {
        name: "an ID that begins with a NUL is ignored",
        stream: "id:\0x\ndata:hello\n\n",
        events: &[("message", "hello", "")],
        retry: None,
    },
    Case {
        name: "an ID with a NUL inside is ignored",
        stream: "id:x\0x\ndata:hello\n\n",
        events: &[("message", "hello", "")],
        retry: None,
    },
    Case {
        name: "an ID that is a NUL after a space is ignored",
        stream: "id: \0\ndata:hello\n\n",
        events: &[("message", "hello", "")],
        retry: None,
    },
    Case {
        name: "names are compared byte by byte",
        stream: "data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n",
        events: &[("message", "\0\n 2\n1\n3\n\n4", "")],
        retry: None,
    },
    Case {
        name: "a retry time with a leading zero is decimal",
        stream: "retry:02000\ndata:x\n\n\n",
        events: &[("message", "x", "")],
        retry: Some(2000),
    },
    Case {
        name: "a retry time that is not a number changes nothing",
        stream: "retry:2000\nretry:1000x\ndata:x\n\n\n",
        events: &[("message", "x", "")],
        retry: Some(2000),
    },
    Case {
        name: "an empty retry time is ignored",
        stream: "retry\ndata:test\n\n\n",
        events: &[("message", "test", "")],
        retry: None,
    },
    Case {
        name: "unknown names are ignored",
        stream: "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n\n",
        events: &[("message", "test\n\ntest", "")],
        retry: None,
    },
    Case {
        name: "one space after the colon is dropped, no tab and no second one",
        stream: "data:\ttest\rdata: \ndata:test\n\n\n",
        events: &[("message", "\ttest\n\ntest", "")],
        retry: None,
    },
    Case {
        name: "lines end with CRLF or LF",
        stream: "data:test\r\ndata\ndata:test\r\n\r\n",
        events: &[("message", "test\n\ntest", "")],
        retry: None,
    },
    Case {
        name: "data may have a NUL",
        stream: "data:\0\n\n\n\n",
        events: &[("message", "\0", "")],
        retry: None,
    },
    Case {
        name: "the text is UTF-8",
        stream: "data:ok\u{2026}\n\n\n",
        events: &[("message", "ok\u{2026}", "")],
        retry: None,
    },
    Case {
        name: "names that nearly are `data` are not",
        stream: "data:msg\ndata: msg\n\n:\nfalsefield:msg\n\nfalsefield:msg\nData:data\n\ndata\n\ndata:end\n\n",
        events: &[
            ("message", "msg\nmsg", ""),
            ("message", "", ""),
            ("message", "end", ""),
        ],
        retry: None,
    },
    Case {
        name: "lines of data are joined",
        stream: "data: YHOO\ndata: +2\ndata: 10\n\n",
        events: &[("message", "YHOO\n+2\n10", "")],
        retry: None,
    },
    Case {
        name: "an ID without a value takes the last one back, and the unfinished event is dropped",
        stream: ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
        events: &[
            ("message", "first event", "1"),
            ("message", "second event", ""),
        ],
        retry: None,
    },
    Case {
        name: "data without a value is data",
        stream: "data\n\ndata\ndata\n\ndata:",
        events: &[("message", "", ""), ("message", "\n", "")],
        retry: None,
    },
    Case {
        name: "the space after the colon is optional",
        stream: "data:test\n\ndata: test\n\n",
        events: &[("message", "test", ""), ("message", "test", "")],
        retry: None,
    },
];

#[test]
fn the_cases_of_the_web_platform_hold() {
    for case in CASES {
        let stream = case.stream.replace("{long}", &"x".repeat(2048));
        for chunks in chunkings(stream.as_bytes()) {
            let (events, _) = decoded(EventDecoder::default(), chunks.iter().copied());
            let events: Vec<_> = events.into_iter().map(Result::unwrap).collect();
            let found: Vec<_> = events
                .iter()
                .map(|event| (&*event.event, &*event.data, &*event.id))
                .collect();
            assert_eq!(found, case.events, "{}: {chunks:?}", case.name);
            let retry = events.iter().filter_map(|event| event.retry).next_back();
            let retry = retry.map(|retry| retry.as_millis());
            assert_eq!(retry, case.retry, "{}: {chunks:?}", case.name);
        }
    }
}
