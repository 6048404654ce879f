/**
 * The names whose values are secrets. Sources: the password rule of Relay's default PII rules, the deny list of the
 * Python SDK's EventScrubber, the identifiers that gitleaks' generic rule looks for. Compared by whole words.
 */

/** One of these words anywhere in a key makes it sensitive. */
export const SECRET_WORDS: ReadonlySet<string> = new Set(
  (
    'password passwords passwd passwds passphrase passphrases passcode passcodes pwd pwds passw pswd psw userpass userpwd ' +
    'secret secrets token tokens auth oauth authn authz authorization authorisation credential credentials creds ' +
    'apikey apikeys jwt jwts bearer csrf xsrf privatekey secretkey accesskey authkey sessionkey signingkey ' +
    'encryptionkey masterkey licensekey sshkey cvv cvc cvv2 cvc2 ssn htpasswd pgpass kennwort passwort contraseña ' +
    'senha motdepasse sessid phpsessid jsessionid aspsessionid sharedkey accountkey apisecret apitoken totp mnemonic sharedaccesssignature sharedaccesskey'
  ).split(' '),
);

/** Sensitive only as the whole key; Relay has the first two. */
export const SECRET_KEYS: ReadonlySet<string> = new Set(
  [
    'otp two-factor twofactor pass pw pin sig assertion mfa-code otp-code one-time-code one-time-password',
    'security-code card-code verification-code two-factor-code recovery-codes backup-codes user-pass db-pass smtp-pass',
    'x-amz-signature x-goog-signature saml-response samlresponse code-verifier session-cookie set-cookie2',
    'social-security social-security-number card-number cardnumber cc-number ccnumber credit-card-number pan-number',
    'seed-phrase security-answer secret-answer x-api-key x-functions-key ocp-apim-subscription-key subscription-key',
    'xapikey authcode auth-code authorization-code client-assertion shared-access-signature mot-de-passe',
    'card-pin user-pin pin-number atm-pin signature-key x-amz-credential',
  ]
    .join(' ')
    .split(' '),
);

/** On the deny list of EventScrubber as whole names; ordinary words in running text. */
export const SESSION_KEYS: ReadonlySet<string> = new Set(
  'session user-session aiohttp-session sessionid connect-sid symfony'.split(' '),
);

/** `key` after one of these words is a secret: `apiKey`, `encryption_key`. Any other key is a name (`primaryKey`). */
export const KEY_OWNERS: ReadonlySet<string> = new Set(
  (
    'api private secret access auth encryption signing master license licence service account shared storage deploy ' +
    'ssh pgp gpg rsa ecdsa aes hmac session crypt crypto decryption write ingest integration webhook jwk app server ' +
    'client consumer developer admin root vault wallet cipher symmetric ' +
    // vendors from gitleaks' rules
    'adafruit algolia airtable alibaba anthropic asana atlassian aws azure beamer bitbucket bittrex cloudflare codecov ' +
    'cohere coinbase confluent contentful datadog discord dropbox etsy facebook fastly finicity finnhub flickr gcp github ' +
    'gitlab heroku hubspot intercom jfrog kraken kucoin launchdarkly linear linkedin lob mailchimp mailgun mapbox ' +
    'mattermost meraki messagebird netlify newrelic nytimes okta openai plaid rapidapi sendbird sendgrid shopify slack ' +
    'snyk sonar square squarespace stripe sumo telegram travis trello twilio twitch twitter yandex zendesk'
  ).split(' '),
);

/** `client_key` and `app_key` are secrets, `clientKeyboard` is not; these owners only count directly before the last word. */
export const WEAK_OWNERS: ReadonlySet<string> = new Set(
  'session app server client consumer service account storage write root service integration webhook'.split(' '),
);

/** Endings of compound words: `dbpassword`, `stripetoken`, `clientsecret`, `basicauth`. */
export const JOINED_ENDS: readonly string[] = (
  'password passwords passwd pwd passphrase passcode secret secrets token tokens apikey apikeys privatekey accesskey secretkey ' +
  'credential credentials auth authorization'
).split(' ');

/** Beginnings of compound words: `tokenvalue`, `passwordhash`. */
export const JOINED_STARTS: readonly string[] = ['password', 'passwd', 'apikey', 'privatekey', 'credential'];

/** Words that only look like secrets. */
export const HARMLESS_WORDS: ReadonlySet<string> = new Set(
  'secretary secretaries secretariat author authors tokenizer tokenize tokenized tokenization passwordless bypass'.split(
    ' ',
  ),
);

/** Next to a sensitive word they make a number a measure: `tokenCount`, `password_length`. */
export const MEASURE_WORDS: ReadonlySet<string> = new Set(
  (
    'count counts counter total usage used budget limit max min length len size ttl expires expiry expiration lifetime ' +
    'age duration attempts retries remaining'
  ).split(' '),
);

/** Names of cookies that hold a session or a CSRF token, from the lists of Relay and of the Python SDK. */
export const SECRET_COOKIES: ReadonlySet<string> = new Set(
  (
    'sentrysid sudo su session sessionid session-id usersession symfony phpsessid fasthttpsessionid mysession irclogsession ' +
    'csrf xsrf csrf-token csrftoken xsrf-token fastcsrf iap-uid connect-sid aiohttp-session sid jsessionid ' +
    'laravel-session express-sid express-session user-session rack-session remember-me rememberme irissessionid rails-session gitlab-session ' +
    'koa-sess koa-sid ci-session cakephp django-session asp-net-session-id asp-net-core-session sess sessid'
  ).split(' '),
);
