//! What is asked for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    common::{ImageBackground, ImageQuality, ImageReferencePart, ProviderName, ProviderOrder},
    json::{Nullable, Object, open_enum},
};

/// What to generate an image from, and how.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenerationRequest {
    /// Width to height of the image; providers fall back to the nearest they support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<ImageAspectRatio>,
    /// What the background is like; `transparent` needs `png` or `webp` as the format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<ImageBackground>,
    /// Images to work from, as `base64` data URLs or web addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_references: Option<Vec<ImageReferencePart>>,
    /// The image model to use.
    pub model: String,
    /// The most images to return, 1 to 10; providers that make one at a time refuse more than 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<i64>,
    /// How much to compress `webp` and `jpeg`, 0 to 100; some providers and `png` ignore it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_compression: Option<i64>,
    /// The format of the image; most models make `png`, `jpeg` or `webp`, those for vector graphics `svg`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_format: Option<ImageOutputFormat>,
    /// What the image is to show, in words.
    pub prompt: String,
    /// Which providers to route to, and options passed through to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<ImageProviderPreferences>,
    /// How finely to render; ignored by providers without such a setting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<ImageQuality>,
    /// The size class of the image; each provider turns it into pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<ImageResolution>,
    /// A number that makes repeated equal requests give the same result, where the provider can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
    /// A size class (`2K`) to combine with `aspect_ratio`, or pixels (`2048x2048`) that `resolution` and `aspect_ratio`
    /// must not contradict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// Whether to stream partial images as they come; providers without streaming answer at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
}

open_enum! {
    /// Width to height of an image; providers fall back to the nearest they support.
    pub enum ImageAspectRatio {
        V11 = "1:1", V12 = "1:2", V14 = "1:4", V18 = "1:8", V21 = "2:1", V23 = "2:3", V32 = "3:2",
        V34 = "3:4", V41 = "4:1", V43 = "4:3", V45 = "4:5", V54 = "5:4", V81 = "8:1", V916 = "9:16",
        V169 = "16:9", V9195 = "9:19.5", V1959 = "19.5:9", V920 = "9:20", V209 = "20:9",
        V921 = "9:21", V219 = "21:9", Auto,
    }

    /// The file format of an image; `svg` comes from models for vector graphics only.
    pub enum ImageOutputFormat { Png, Jpeg, Webp, Svg }
}

/// Which providers an image request goes to, and options for them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageProviderPreferences {
    /// Whether other providers step in where the chosen one fails; they do by default.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub allow_fallbacks: Nullable<bool>,
    /// Slugs of providers that are left out, besides those of the account's settings.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub ignore: Nullable<Vec<ProviderName>>,
    /// Slugs of the only providers that may serve it, besides those of the account's settings.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub only: Nullable<Vec<ProviderName>>,
    /// Options passed through, by the slug of the provider they are for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<BTreeMap<String, Object>>,
    /// Slugs of the providers to try first, in this order.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub order: Nullable<Vec<ProviderName>>,
    /// What providers are sorted by, where there is no `order`; then load is not balanced.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub sort: Nullable<ProviderOrder>,
}

open_enum! {
    /// A size class of images; each provider turns it into pixels.
    pub enum ImageResolution { V512 = "512", V1K = "1K", V2K = "2K", V4K = "4K" }
}
