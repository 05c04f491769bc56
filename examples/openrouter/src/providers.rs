//! The providers behind the models, with their policies and locations.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{OpenRouter, json::open_enum};

/// Lists all providers.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/providers", name = "listProviders")]
#[api(response = ListProvidersResponse)]
pub struct ListProviders {}

/// The providers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListProvidersResponse {
    /// The list of providers.
    pub data: Vec<ProviderInfo>,
}

/// A provider with its policies and locations.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ProviderInfo {
    /// The countries of its data centers, as ISO 3166-1 codes of two letters.
    pub datacenters: Option<Vec<CountryCode>>,
    /// The country of its headquarters, as an ISO 3166-1 code of two letters.
    pub headquarters: Option<CountryCode>,
    /// The name shown to people.
    pub name: String,
    /// Where its privacy policy is; `null` if not known.
    pub privacy_policy_url: Option<String>,
    /// What names the provider in requests.
    pub slug: String,
    /// Where its status page is.
    pub status_page_url: Option<String>,
    /// Where its terms of service are.
    pub terms_of_service_url: Option<String>,
}

open_enum! { "PascalCase";
    /// A country, as an ISO 3166-1 code of two letters.
    pub enum CountryCode {
        AD, AE, AF, AG, AI, AL, AM, AO, AQ, AR, AS, AT, AU, AW, AX, AZ, BA, BB, BD, BE, BF, BG, BH,
        BI, BJ, BL, BM, BN, BO, BQ, BR, BS, BT, BV, BW, BY, BZ, CA, CC, CD, CF, CG, CH, CI, CK, CL,
        CM, CN, CO, CR, CU, CV, CW, CX, CY, CZ, DE, DJ, DK, DM, DO, DZ, EC, EE, EG, EH, ER, ES, ET,
        FI, FJ, FK, FM, FO, FR, GA, GB, GD, GE, GF, GG, GH, GI, GL, GM, GN, GP, GQ, GR, GS, GT, GU,
        GW, GY, HK, HM, HN, HR, HT, HU, ID, IE, IL, IM, IN, IO, IQ, IR, IS, IT, JE, JM, JO, JP, KE,
        KG, KH, KI, KM, KN, KP, KR, KW, KY, KZ, LA, LB, LC, LI, LK, LR, LS, LT, LU, LV, LY, MA, MC,
        MD, ME, MF, MG, MH, MK, ML, MM, MN, MO, MP, MQ, MR, MS, MT, MU, MV, MW, MX, MY, MZ, NA, NC,
        NE, NF, NG, NI, NL, NO, NP, NR, NU, NZ, OM, PA, PE, PF, PG, PH, PK, PL, PM, PN, PR, PS, PT,
        PW, PY, QA, RE, RO, RS, RU, RW, SA, SB, SC, SD, SE, SG, SH, SI, SJ, SK, SL, SM, SN, SO, SR,
        SS, ST, SV, SX, SY, SZ, TC, TD, TF, TG, TH, TJ, TK, TL, TM, TN, TO, TR, TT, TV, TW, TZ, UA,
        UG, UM, US, UY, UZ, VA, VC, VE, VG, VI, VN, VU, WF, WS, YE, YT, ZA, ZM, ZW,
    }
}
