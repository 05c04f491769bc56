//! The declared event stream of an operation.

/// The declared event stream of an operation.
///
/// Reached as [`Operation::events`](crate::Operation::events).
///
/// ```
/// # #[cfg(feature = "events")] {
/// use api_request::ApiRequest;
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/ticks", events = u64)]
/// struct Ticks;
///
/// let events = Ticks::OPERATION.events().unwrap();
/// assert_eq!((events.flag(), events.done()), (None, None));
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Events {
    flag: Option<&'static str>,
    done: Option<&'static str>,
    only: &'static [&'static str],
    ignore: &'static [&'static str],
    resume: bool,
}

impl Events {
    /// Returns the member of the JSON body that is `true` when events are requested, and is not a field of the request.
    #[must_use]
    pub const fn flag(&self) -> Option<&'static str> {
        self.flag
    }

    /// Returns the data of the last event of a stream.
    #[must_use]
    pub const fn done(&self) -> Option<&'static str> {
        self.done
    }

    /// Returns the types of the events that are items; empty if those of all types are.
    ///
    /// ```
    /// # #[cfg(feature = "events")] {
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/ticks", events(item = u64, only = "tick", ignore = ["ping", "note"]))]
    /// struct Ticks;
    ///
    /// let events = Ticks::OPERATION.events().unwrap();
    /// assert_eq!((events.only(), events.ignore()), (&["tick"][..], &["ping", "note"][..]));
    /// # }
    /// ```
    #[must_use]
    pub const fn only(&self) -> &'static [&'static str] {
        self.only
    }

    /// Returns the types of the events that are passed over.
    #[must_use]
    pub const fn ignore(&self) -> &'static [&'static str] {
        self.ignore
    }

    /// Returns whether the client asks for the rest of a stream that breaks off.
    ///
    /// ```
    /// # #[cfg(feature = "events")] {
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/ticks", events(item = u64, resume))]
    /// struct Ticks;
    ///
    /// assert!(Ticks::OPERATION.events().unwrap().resume());
    /// # }
    /// ```
    #[must_use]
    pub const fn resume(&self) -> bool {
        self.resume
    }
}

/// How the expansion states events.
#[doc(hidden)]
#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "they are called by the expansion alone"
)]
impl Events {
    pub const fn declare(flag: Option<&'static str>, done: Option<&'static str>) -> Self {
        Self {
            flag,
            done,
            only: &[],
            ignore: &[],
            resume: false,
        }
    }

    setters! {
        pub with_only(only: &'static [&'static str]) = only;
        pub with_ignore(ignore: &'static [&'static str]) = ignore;
        pub with_resume(resume: bool) = resume;
    }
}
