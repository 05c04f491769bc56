use api_request::ApiResponse;

#[derive(ApiResponse)]
enum Read {
    #[api(status = 200)]
    A { #[api(body = xml)] a: String },
    #[api(status = 201)]
    B { #[api(body = form)] b: String },
    #[api(status = 202)]
    C { #[api(body = "text")] c: String },
    #[api(status = 203)]
    D { #[api(body = with)] d: String },
    #[api(status = 204)]
    E { #[api(body(with))] e: String },
    #[api(status = 205)]
    F { #[api(body = Csv)] f: String },
    #[api(status = 206)]
    G { #[api(text)] g: String },
    #[api(status = 207)]
    H { #[api(body = txet)] h: String },
    #[api(status = 208)]
    I { #[api(body(events))] i: String },
    #[api(status = 209)]
    J { #[api(body = 1)] j: String },
    #[api(status = 210)]
    K { #[api(body(text = 1))] k: String },
}

fn main() {}
