//! Discord: placeholders with dots, messages as JSON or as parts, emoji in a path.
//!
//! <https://discord.com/developers/docs/reference#uploading-files>,
//! <https://discord.com/developers/docs/resources/message>

use api_request::{ApiRequest, Part};
use serde::{Deserialize, Serialize};

use crate::{ANY, JSON, JSON_BODY, message};

const API: &str = "https://discord.com/api/v10";
const CHANNEL: u64 = 290_926_798_999_357_250;

#[derive(Debug, Deserialize)]
struct Message {
    #[expect(dead_code, reason = "nothing is sent here")]
    id: String,
}

/// An ID is a number in a text.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn snowflake<S: serde::Serializer>(id: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}

#[derive(Serialize)]
struct Embed {
    title: &'static str,
    description: &'static str,
}

#[derive(Serialize)]
struct MessageReference {
    #[serde(serialize_with = "snowflake")]
    message_id: u64,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/channels/{channel.id}/messages", fields = json, response = Message)]
struct CreateMessage {
    #[api(path = "channel.id")]
    channel_id: u64,
    content: &'static str,
    tts: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    embeds: Vec<Embed>,
    message_reference: Option<MessageReference>,
}

/// The same operation, without `payload_json`.
#[derive(ApiRequest)]
#[api(method = POST, path = "/channels/{channel.id}/messages", fields = part, response = Message)]
struct CreateMessageOfParts {
    #[api(path = "channel.id")]
    channel_id: u64,
    content: &'static str,
    tts: bool,
}

#[derive(Serialize)]
struct Payload {
    content: &'static str,
    embeds: [EmbedOfFiles; 1],
    message_reference: MessageReference,
    attachments: Vec<Attachment>,
}

#[derive(Serialize)]
struct EmbedOfFiles {
    title: &'static str,
    description: &'static str,
    thumbnail: Media,
    image: Media,
}

#[derive(Serialize)]
struct Media {
    url: &'static str,
}

#[derive(Serialize)]
struct Attachment {
    id: u8,
    description: &'static str,
    filename: &'static str,
}

/// The same operation, with `payload_json`.
#[derive(ApiRequest)]
#[api(method = POST, path = "/channels/{channel.id}/messages", fields = part, response = Message)]
struct CreateMessageWithFiles {
    #[api(path = "channel.id")]
    channel_id: u64,
    #[api(content_type = "application/json")]
    payload_json: Payload,
    #[api(name = "files[{n}]")]
    files: Vec<Part>,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/channels/{channel.id}/messages/{message.id}/reactions/{emoji.id}/@me")]
struct CreateReaction {
    #[api(path = "channel.id")]
    channel_id: u64,
    #[api(path = "message.id")]
    message_id: u64,
    #[api(path = "emoji.id")]
    emoji: &'static str,
}

#[test]
fn a_message() {
    let create = CreateMessage {
        channel_id: CHANNEL,
        content: "Hello, World!",
        tts: Some(false),
        embeds: vec![Embed {
            title: "Hello, Embed!",
            description: "This is an embedded message.",
        }],
        message_reference: Some(MessageReference {
            message_id: 233_648_473_390_448_641,
        }),
    };
    assert_eq!(
        message(API, &create),
        [
            "POST https://discord.com/api/v10/channels/290926798999357250/messages",
            JSON,
            JSON_BODY,
            "",
            r#"{"content":"Hello, World!","tts":false,"embeds":[{"title":"Hello, Embed!","description":"This is an embedded message."}],"message_reference":{"message_id":"233648473390448641"}}"#,
        ]
    );
}

#[test]
fn a_message_of_parts() {
    let create = CreateMessageOfParts {
        channel_id: CHANNEL,
        content: "Hello, World!",
        tts: true,
    };
    assert_eq!(
        message(API, &create),
        [
            "POST https://discord.com/api/v10/channels/290926798999357250/messages",
            JSON,
            "content-type: multipart/form-data",
            "",
            "--boundary",
            r#"Content-Disposition: form-data; name="content""#,
            "",
            "Hello, World!",
            "--boundary",
            r#"Content-Disposition: form-data; name="tts""#,
            "",
            "true",
            "--boundary--",
            "",
        ]
    );
}

/// The documentation breaks the lines of the JSON, whose value is the same.
#[test]
fn a_message_with_files() {
    let attachment = |id, description, filename| Attachment {
        id,
        description,
        filename,
    };
    let file = |filename| Part::bytes(b"[image bytes]".as_slice()).filename(filename);
    let create = CreateMessageWithFiles {
        channel_id: CHANNEL,
        payload_json: Payload {
            content: "Hello, World!",
            embeds: [EmbedOfFiles {
                title: "Hello, Embed!",
                description: "This is an embedded message.",
                thumbnail: Media {
                    url: "attachment://myfilename.png",
                },
                image: Media {
                    url: "attachment://mygif.gif",
                },
            }],
            message_reference: MessageReference {
                message_id: 233_648_473_390_448_641,
            },
            attachments: vec![
                attachment(0, "Image of a cute little cat", "myfilename.png"),
                attachment(1, "Rickroll gif", "mygif.gif"),
            ],
        },
        files: vec![file("myfilename.png"), file("mygif.gif")],
    };
    assert_eq!(
        message(API, &create),
        [
            "POST https://discord.com/api/v10/channels/290926798999357250/messages",
            JSON,
            "content-type: multipart/form-data",
            "",
            "--boundary",
            r#"Content-Disposition: form-data; name="payload_json""#,
            "Content-Type: application/json",
            "",
            r#"{"content":"Hello, World!","embeds":[{"title":"Hello, Embed!","description":"This is an embedded message.","thumbnail":{"url":"attachment://myfilename.png"},"image":{"url":"attachment://mygif.gif"}}],"message_reference":{"message_id":"233648473390448641"},"attachments":[{"id":0,"description":"Image of a cute little cat","filename":"myfilename.png"},{"id":1,"description":"Rickroll gif","filename":"mygif.gif"}]}"#,
            "--boundary",
            r#"Content-Disposition: form-data; name="files[0]"; filename="myfilename.png""#,
            "Content-Type: image/png",
            "",
            "[image bytes]",
            "--boundary",
            r#"Content-Disposition: form-data; name="files[1]"; filename="mygif.gif""#,
            "Content-Type: image/gif",
            "",
            "[image bytes]",
            "--boundary--",
            "",
        ]
    );
}

#[test]
fn an_emoji_is_encoded() {
    let react = |emoji| CreateReaction {
        channel_id: 1,
        message_id: 2,
        emoji,
    };
    let url = "PUT https://discord.com/api/v10/channels/1/messages/2/reactions";
    assert_eq!(
        message(API, &react("\u{1f525}")),
        [&format!("{url}/%F0%9F%94%A5/@me"), ANY]
    );
    let custom = message(API, &react("name:123"));
    assert_eq!(custom, [&format!("{url}/name%3A123/@me"), ANY]);
}
