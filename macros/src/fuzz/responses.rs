//! The rules for responses, which use those for requests and errors, too.

#[rustfmt::skip]
pub(super) const GRAMMAR: &[(&str, &[&str])] = &[
    ("good_response", &[
        "# [ api ( fields = json , rename_all = \"camelCase\" ) ] struct Response { # [ api ( header = \"X-A\" , secret ) ] a : $known , # [ serde ( default , alias = \"c\" ) ] b : $known , # [ serde ( flatten ) ] rest : $known , # [ api ( status ) ] code : u16 , # [ api ( skip ) ] d : u8 }",
        "# [ api ( status = 200 , status = \"4xx\" ) ] struct Response < T : Clone , const N : usize > where T : Trait { # [ api ( header ( flatten ) ) ] all : $known , # [ api ( header ( json ) ) ] # [ serde ( default = \"m::f\" ) ] j : T , # [ api ( body ) ] # [ serde ( deserialize_with = \"m::f\" ) ] r#type : [ u8 ; N ] }",
        "enum Response { # [ api ( status = 200 ) ] A ( $known ) , # [ api ( status = 202 ) ] B { # [ api ( header = \"Location\" ) ] at : $known , # [ api ( body = $good_body ) ] job : $known } , # [ api ( status = 304 ) ] C , # [ api ( other ) ] D { # [ api ( status ) ] status : $known , # [ api ( body ( with = $known ) ) ] e : $known } }",
        "# [ api ( crate = :: api , fields = header ) ] enum r#type < T > { # [ api ( status = \"2xx\" , status = 404 , fields = json ) ] # [ serde ( rename_all ( deserialize = \"camelCase\" ) ) ] r#A { a_b : T , # [ serde ( with = \"m\" , skip_serializing_if = \"f\" ) ] c : T } , # [ api ( other ) ] B { etag : Option < T > } }",
        "# [ api ( other ) ] struct Response ( # [ api ( header = \"A\" ) ] $known , # [ api ( body ( $good_body ) ) ] $known ) ;", "struct Response ( $known ) ;",
    ]),
    ("good_body", &[
        "json", "text", "bytes", "stream", "lines",
    ]),
    ("response_item", &[
        "$response_lists struct Response $response_shape", "$response_lists struct r#type $generics $response_shape",
        "$response_lists enum Response $generics $where { $response_variants }", "enum Response { $response_variants }", "union Response { $fields }",
        "enum Response { }", "$lists struct Response $shape", "$error_lists enum Response { $variants }",
    ]),
    ("response_lists", &[
        "", "# [ api ( $response_keys ) ]", "# [ api ( $response_keys ) ] # [ serde ( $response_serde ) ]", "$attr $response_lists",
    ]),
    ("response_keys", &[
        "$response_key", "$response_key , $response_keys", "$response_key ,",
    ]),
    ("response_key", &[
        "fields = json", "fields = header", "fields = $place", "fields", "rename_all = $rename_rule", "rename_all = $rename", "status = $status",
        "status = 202", "other", "crate = $function", "$key", "$error_key", "$word = $value", "$garbage",
    ]),
    ("response_variants", &[
        "$response_variant", "$response_variant , $response_variants", "$response_variant , $response_variants", "",
    ]),
    ("response_variant", &[
        "# [ api ( status = 204 ) ] A", "$response_lists B ( $type )", "$response_lists C $response_block", "$response_lists D ( $response_members )",
        "# [ api ( status = $status , other ) ] E { $name : $type }", "$variant",
    ]),
    ("response_shape", &[
        ";", "$where $response_block", "( $response_members ) $where ;",
    ]),
    ("response_block", &[
        "{ $response_field }", "{ $response_field , $response_field }", "{ $response_field , $response_field , $response_field , }",
    ]),
    ("response_field", &[
        "id : u8", "$response_attr $name : $type", "$response_attr $response_attr $name : $type", "$attr $response_attr pub $name : $type", "$field",
    ]),
    ("response_members", &[
        "u8", "$response_attr $type", "$response_attr $type , $response_members", "$members",
    ]),
    ("response_attr", &[
        "# [ api ( $response_place ) ]", "# [ api ( $response_place = $text ) ]", "# [ api ( header ( $response_options ) ) ]",
        "# [ api ( $response_place ( $response_options ) ) ]", "# [ api ( body = $body ) ]", "# [ api ( body ( $body , $response_options ) ) ]",
        "# [ serde ( $response_serde ) ]", "# [ api ( $response_options ) ]", "$place_attr", "",
    ]),
    ("response_place", &[
        "header", "status", "body", "json", "skip", "$place", "$word",
    ]),
    ("response_options", &[
        "name = $text", "flatten", "json", "secret", "secret = false", "$response_options , $response_options", "$option", "",
    ]),
    ("response_serde", &[
        "rename ( deserialize = $text )", "default", "default = \"m::f\"", "alias = $text", "deserialize_with = \"f\"", "skip_deserializing",
        "rename_all = $rename_rule", "tag = $text", "deny_unknown_fields", "try_from = $text", "$serde", "$response_serde , $response_serde",
    ]),
];
