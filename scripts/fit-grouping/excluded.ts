// Providers whose APIs serve as the yardstick of grouping: nothing that is fitted may come from them.

/*
  The yardstick's own providers, everything else their owners publish, older names of the same product, and whole clouds
  that have one API in it. Too many left out costs little; one too few makes every figure worthless.
*/
const DOMAINS = [
  "stripe",
  "github",
  "lgtm",
  "gitlab",
  "kubernetes",
  "twilio",
  "sendgrid",
  "digitalocean",
  "slack",
  "box\\.com",
  "zoom\\.us",
  "asana",
  "bitbucket",
  "atlassian",
  "jira\\.",
  "fecru",
  "fisheye",
  "crucible",
  "trello",
  "discourse",
  "docusign",
  "spotify",
  "circleci",
  "netlify",
  "vercel",
  "zeit\\.co",
  "xero",
  "adyen",
  "plaid",
  "okta",
  "auth0",
  "netbox",
  "keycloak",
  "redhat",
  "gitea",
  "jellyfin",
  "google",
  "apigee",
  "amazonaws",
  "azure\\.com",
  "microsoft",
  "visualstudio",
  "windows\\.net",
  "appcenter\\.ms",
  "magento",
  "adobe",
  "square",
  "linode",
  "hetzner",
  "telnyx",
  "mailchimp",
  "mandrill",
  "openai",
  "notion",
];

export const EXCLUDED_PROVIDER = new RegExp(`(^|\\.)(?:${DOMAINS.join("|")})`, "i");

export const EXCLUDED_TITLE =
  /\b(?:stripe|github|gitlab|kubernetes|twilio|sendgrid|digitalocean|slack|box platform|zoom|asana|bitbucket|atlassian|jira|trello|discourse|docusign|spotify|circleci|netlify|vercel|zeit|xero|adyen|plaid|okta|netbox|keycloak|gitea|forgejo|gogs|jellyfin|emby|compute engine|google|amazon|aws|azure|microsoft|magento|linode|hetzner|telnyx|mailchimp|openai|notion)\b/i;
