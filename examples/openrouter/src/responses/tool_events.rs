//! The events of tools, and of what helps to find mistakes.

use serde::{Deserialize, Serialize};

use super::FusionAnalysisResult;
use crate::json::{Object, open_enum};

/// A piece of the arguments of a function call.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FunctionCallArgsDeltaEvent {
    /// The piece to append to the arguments, which are JSON text.
    pub delta: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The arguments of a function call are complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FunctionCallArgsDoneEvent {
    /// The whole arguments, as JSON text.
    pub arguments: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The name of the function to call.
    pub name: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A call that makes an image has begun.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenCallInProgressEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// An image is being made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenCallGeneratingEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A preview of an image that is being made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenCallPartialImageEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The preview, in base64.
    pub partial_image_b64: String,
    /// The position of the preview among those of its image.
    pub partial_image_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A call that makes an image has ended.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenCallCompletedEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A call of the code interpreter has begun.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodeInterpreterInProgressEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The code interpreter runs the code.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodeInterpreterInterpretingEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A call of the code interpreter has ended.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodeInterpreterCompletedEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A piece of the code for the code interpreter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodeInterpreterCodeDeltaEvent {
    /// The piece to append to the code.
    pub delta: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The code for the code interpreter is complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodeInterpreterCodeDoneEvent {
    /// The whole code.
    pub code: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A call that searches the web has begun.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchCallInProgressEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The web is being searched.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchCallSearchingEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A call that searches the web has ended.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchCallCompletedEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A piece of the input of a custom tool, which is free text rather than JSON.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CustomToolCallInputDeltaEvent {
    /// The piece to append to the input.
    pub delta: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The input of a custom tool is complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CustomToolCallInputDoneEvent {
    /// The whole input, as free text.
    pub input: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A piece of the diff of a call that patches a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ApplyPatchDiffDeltaEvent {
    /// The piece to append to the diff.
    pub delta: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The diff of a call that patches a file is complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ApplyPatchDiffDoneEvent {
    /// The whole diff.
    pub diff: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A call of the fusion tool has begun.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionInProgressEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A model of the fusion panel has begun its answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionPanelAddedEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The slug of the panel's model that begins.
    pub model: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A piece of the answer of a model of the fusion panel.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionPanelDeltaEvent {
    /// The piece to append to the model's answer.
    pub delta: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The slug of the panel's model that writes.
    pub model: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A piece of the reasoning of a model of the fusion panel.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionPanelReasoningDeltaEvent {
    /// The piece to append to the model's reasoning.
    pub delta: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The slug of the panel's model that reasons.
    pub model: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A model of the fusion panel has completed its answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionPanelCompletedEvent {
    /// The model's whole answer.
    pub content: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The slug of the panel's model that answered.
    pub model: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A model of the fusion panel has failed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionPanelFailedEvent {
    /// What went wrong, in words.
    pub error: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The slug of the panel's model that failed.
    pub model: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
    /// The HTTP status of the failure, such as 502.
    pub status_code: Option<i64>,
}

/// The analysis of the panel's answers has begun.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionAnalysisInProgressEvent {
    /// The slug of the model that analyses the answers.
    pub analyst_model: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// Deprecated in favour of `analyst_model`, whose value it repeats.
    pub judge_model: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The analysis of the panel's answers is complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionAnalysisCompletedEvent {
    /// How the answers of the panel compare.
    pub analysis: FusionAnalysisResult,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A call of the fusion tool has ended.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionCompletedEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// Shows the request as sent to the provider, or a time, where `debug.echo_upstream_body` is set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesDebugEvent {
    /// What the event shows.
    pub debug: ResponsesDebugInfo,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// What helps to find mistakes: the request to the provider, or a time.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesDebugInfo {
    /// The body of the request as it was sent to the provider.
    pub echo_upstream_body: Option<Object>,
    /// When a step of the request happened.
    pub timings: Option<ResponsesDebugTiming>,
}

/// The time of a step of a request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResponsesDebugTiming {
    /// The time of the step, in Unix milliseconds.
    pub epoch_ms: i64,
    /// Which step of the request the time is of.
    pub event: ResponsesDebugStep,
    /// The start of the step, in milliseconds; from which point is not documented.
    pub start_ms: i64,
}

open_enum! {
    /// A step of a request whose time is taken.
    pub enum ResponsesDebugStep {
        AdapterRequest, UpstreamHeadersReceived, FirstTokenReceived, UpstreamBodyEnded,
    }
}
