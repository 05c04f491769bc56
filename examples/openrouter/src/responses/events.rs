//! The events of a stream.

use serde::{Deserialize, Serialize};

use super::{
    ApplyPatchDiffDeltaEvent, ApplyPatchDiffDoneEvent, CodeInterpreterCodeDeltaEvent,
    CodeInterpreterCodeDoneEvent, CodeInterpreterCompletedEvent, CodeInterpreterInProgressEvent,
    CodeInterpreterInterpretingEvent, CustomToolCallInputDeltaEvent, CustomToolCallInputDoneEvent,
    FunctionCallArgsDeltaEvent, FunctionCallArgsDoneEvent, FusionAnalysisCompletedEvent,
    FusionAnalysisInProgressEvent, FusionCompletedEvent, FusionInProgressEvent,
    FusionPanelAddedEvent, FusionPanelCompletedEvent, FusionPanelDeltaEvent,
    FusionPanelFailedEvent, FusionPanelReasoningDeltaEvent, ImageGenCallCompletedEvent,
    ImageGenCallGeneratingEvent, ImageGenCallInProgressEvent, ImageGenCallPartialImageEvent,
    ReasoningSummaryText, ReasoningTextContent, ResponseOutputText, ResponsesAnnotation,
    ResponsesDebugEvent, ResponsesOutputItem, ResponsesRefusalContent, ResponsesResult,
    WebSearchCallCompletedEvent, WebSearchCallInProgressEvent, WebSearchCallSearchingEvent,
};
use crate::json::response_union;

response_union! {
    /// An event of a streamed response.
    pub enum ResponsesStreamEvent {
        tag type = "response.created" => Created(ResponseCreatedEvent),
        tag type = "response.in_progress" => InProgress(ResponseInProgressEvent),
        tag type = "response.completed" => Completed(ResponseCompletedEvent),
        tag type = "response.incomplete" => Incomplete(ResponseIncompleteEvent),
        tag type = "response.failed" => Failed(ResponseFailedEvent),
        tag type = "error" => Error(ResponsesErrorEvent),
        tag type = "response.output_item.added" => OutputItemAdded(OutputItemAddedEvent),
        tag type = "response.output_item.done" => OutputItemDone(OutputItemDoneEvent),
        tag type = "response.content_part.added" => ContentPartAdded(ContentPartAddedEvent),
        tag type = "response.content_part.done" => ContentPartDone(ContentPartDoneEvent),
        tag type = "response.output_text.delta" => OutputTextDelta(TextDeltaEvent),
        tag type = "response.output_text.done" => OutputTextDone(TextDoneEvent),
        tag type = "response.refusal.delta" => RefusalDelta(RefusalDeltaEvent),
        tag type = "response.refusal.done" => RefusalDone(RefusalDoneEvent),
        tag type = "response.output_text.annotation.added" => OutputTextAnnotationAdded(AnnotationAddedEvent),
        tag type = "response.function_call_arguments.delta" => FunctionCallArgumentsDelta(FunctionCallArgsDeltaEvent),
        tag type = "response.function_call_arguments.done" => FunctionCallArgumentsDone(FunctionCallArgsDoneEvent),
        tag type = "response.reasoning_text.delta" => ReasoningTextDelta(ReasoningDeltaEvent),
        tag type = "response.reasoning_text.done" => ReasoningTextDone(ReasoningDoneEvent),
        tag type = "response.reasoning_summary_part.added" => ReasoningSummaryPartAdded(ReasoningSummaryPartAddedEvent),
        tag type = "response.reasoning_summary_part.done" => ReasoningSummaryPartDone(ReasoningSummaryPartDoneEvent),
        tag type = "response.reasoning_summary_text.delta" => ReasoningSummaryTextDelta(ReasoningSummaryTextDeltaEvent),
        tag type = "response.reasoning_summary_text.done" => ReasoningSummaryTextDone(ReasoningSummaryTextDoneEvent),
        tag type = "response.image_generation_call.in_progress" => ImageGenerationCallInProgress(ImageGenCallInProgressEvent),
        tag type = "response.image_generation_call.generating" => ImageGenerationCallGenerating(ImageGenCallGeneratingEvent),
        tag type = "response.image_generation_call.partial_image" => ImageGenerationCallPartialImage(ImageGenCallPartialImageEvent),
        tag type = "response.image_generation_call.completed" => ImageGenerationCallCompleted(ImageGenCallCompletedEvent),
        tag type = "response.code_interpreter_call.in_progress" => CodeInterpreterCallInProgress(CodeInterpreterInProgressEvent),
        tag type = "response.code_interpreter_call.interpreting" => CodeInterpreterCallInterpreting(CodeInterpreterInterpretingEvent),
        tag type = "response.code_interpreter_call.completed" => CodeInterpreterCallCompleted(CodeInterpreterCompletedEvent),
        tag type = "response.code_interpreter_call_code.delta" => CodeInterpreterCallCodeDelta(CodeInterpreterCodeDeltaEvent),
        tag type = "response.code_interpreter_call_code.done" => CodeInterpreterCallCodeDone(CodeInterpreterCodeDoneEvent),
        tag type = "response.web_search_call.in_progress" => WebSearchCallInProgress(WebSearchCallInProgressEvent),
        tag type = "response.web_search_call.searching" => WebSearchCallSearching(WebSearchCallSearchingEvent),
        tag type = "response.web_search_call.completed" => WebSearchCallCompleted(WebSearchCallCompletedEvent),
        tag type = "response.custom_tool_call_input.delta" => CustomToolCallInputDelta(CustomToolCallInputDeltaEvent),
        tag type = "response.custom_tool_call_input.done" => CustomToolCallInputDone(CustomToolCallInputDoneEvent),
        tag type = "response.apply_patch_call_operation_diff.delta" => ApplyPatchCallOperationDiffDelta(ApplyPatchDiffDeltaEvent),
        tag type = "response.apply_patch_call_operation_diff.done" => ApplyPatchCallOperationDiffDone(ApplyPatchDiffDoneEvent),
        tag type = "response.fusion_call.in_progress" => FusionCallInProgress(FusionInProgressEvent),
        tag type = "response.fusion_call.panel.added" => FusionCallPanelAdded(FusionPanelAddedEvent),
        tag type = "response.fusion_call.panel.delta" => FusionCallPanelDelta(FusionPanelDeltaEvent),
        tag type = "response.fusion_call.panel.reasoning.delta" => FusionCallPanelReasoningDelta(FusionPanelReasoningDeltaEvent),
        tag type = "response.fusion_call.panel.completed" => FusionCallPanelCompleted(FusionPanelCompletedEvent),
        tag type = "response.fusion_call.panel.failed" => FusionCallPanelFailed(FusionPanelFailedEvent),
        tag type = "response.fusion_call.analysis.in_progress" => FusionCallAnalysisInProgress(FusionAnalysisInProgressEvent),
        tag type = "response.fusion_call.analysis.completed" => FusionCallAnalysisCompleted(FusionAnalysisCompletedEvent),
        tag type = "response.fusion_call.completed" => FusionCallCompleted(FusionCompletedEvent),
        tag type = "response.debug" => Debug(ResponsesDebugEvent),
    }
}

/// The first event of a stream: the response exists.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResponseCreatedEvent {
    /// The response as it stands at this event.
    pub response: ResponsesResult,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The model is at work on the response.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResponseInProgressEvent {
    /// The response as it stands at this event.
    pub response: ResponsesResult,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The response has ended as it should.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResponseCompletedEvent {
    /// The response as it stands at this event.
    pub response: ResponsesResult,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The response has ended before it was complete.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResponseIncompleteEvent {
    /// The response as it stands at this event.
    pub response: ResponsesResult,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The response has failed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResponseFailedEvent {
    /// The response as it stands at this event.
    pub response: ResponsesResult,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// An error that happened during a stream.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesErrorEvent {
    /// A short code for the kind of error.
    pub code: Option<String>,
    /// What went wrong, in words.
    pub message: String,
    /// The parameter of the request that is at fault, if one is.
    pub param: Option<String>,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// An item of output has begun.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputItemAddedEvent {
    /// The item of output as it stands at this event.
    pub item: ResponsesOutputItem,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// An item of output is complete.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputItemDoneEvent {
    /// The item of output as it stands at this event.
    pub item: ResponsesOutputItem,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A content part of an output item has begun.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ContentPartAddedEvent {
    /// The index of the content part within its item.
    pub content_index: i64,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The content part as it begins.
    pub part: StreamedContentPart,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

response_union! {
    /// A content part that an event carries: text, reasoning or a refusal.
    pub enum StreamedContentPart {
        tag type = "output_text" => OutputText(ResponseOutputText),
        tag type = "reasoning_text" => ReasoningText(ReasoningTextContent),
        tag type = "refusal" => Refusal(ResponsesRefusalContent),
    }
}

/// A content part of an output item is complete.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ContentPartDoneEvent {
    /// The index of the content part within its item.
    pub content_index: i64,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The whole content part.
    pub part: StreamedContentPart,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A piece of the output text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TextDeltaEvent {
    /// The index of the content part within its item.
    pub content_index: i64,
    /// The piece to append to the text.
    pub delta: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// Log probabilities of the tokens of the piece.
    pub logprobs: Vec<StreamLogprob>,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A token with its log probability and alternatives, in a stream.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StreamLogprob {
    /// The UTF-8 bytes of the token.
    pub bytes: Option<Vec<i64>>,
    /// The token's log probability.
    pub logprob: f64,
    /// The token as text.
    pub token: String,
    /// The likeliest tokens at this position.
    pub top_logprobs: Option<Vec<StreamTopLogprob>>,
}

/// A likely token at a position, with its log probability.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StreamTopLogprob {
    /// The UTF-8 bytes of the alternative token.
    pub bytes: Option<Vec<i64>>,
    /// The alternative token's log probability.
    pub logprob: Option<f64>,
    /// The alternative token as text.
    pub token: Option<String>,
}

/// A text of the output is complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TextDoneEvent {
    /// The index of the content part within its item.
    pub content_index: i64,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// Log probabilities of the tokens of the text.
    pub logprobs: Vec<StreamLogprob>,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
    /// The whole text.
    pub text: String,
}

/// A piece of a refusal.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RefusalDeltaEvent {
    /// The index of the content part within its item.
    pub content_index: i64,
    /// The piece to append to the refusal.
    pub delta: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A refusal is complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RefusalDoneEvent {
    /// The index of the content part within its item.
    pub content_index: i64,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The whole refusal.
    pub refusal: String,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// The output text has got an annotation, such as a citation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnnotationAddedEvent {
    /// The annotation that was added.
    pub annotation: ResponsesAnnotation,
    /// The index of the annotation within its content part.
    pub annotation_index: i64,
    /// The index of the content part within its item.
    pub content_index: i64,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A piece of the reasoning text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningDeltaEvent {
    /// The index of the content part within its item.
    pub content_index: i64,
    /// The piece to append to the reasoning.
    pub delta: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
}

/// A text of the reasoning is complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningDoneEvent {
    /// The index of the content part within its item.
    pub content_index: i64,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
    /// The whole text of the reasoning.
    pub text: String,
}

/// A part of the summary of the reasoning has begun.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningSummaryPartAddedEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The part of the summary as it begins.
    pub part: ReasoningSummaryText,
    /// The position of the event in its stream.
    pub sequence_number: i64,
    /// The index of the part within the summary of the reasoning.
    pub summary_index: i64,
}

/// A part of the summary of the reasoning is complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningSummaryPartDoneEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The whole part of the summary.
    pub part: ReasoningSummaryText,
    /// The position of the event in its stream.
    pub sequence_number: i64,
    /// The index of the part within the summary of the reasoning.
    pub summary_index: i64,
}

/// A piece of the text of the reasoning's summary.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningSummaryTextDeltaEvent {
    /// The piece to append to the summary.
    pub delta: String,
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
    /// The index of the part within the summary of the reasoning.
    pub summary_index: i64,
}

/// A text of the reasoning's summary is complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningSummaryTextDoneEvent {
    /// What names the output item that the event is about.
    pub item_id: String,
    /// The index in `output` of the item that the event is about.
    pub output_index: i64,
    /// The position of the event in its stream.
    pub sequence_number: i64,
    /// The index of the part within the summary of the reasoning.
    pub summary_index: i64,
    /// The whole text of the summary.
    pub text: String,
}
