import { FOREIGN_ENDS, FOREIGN_KEYS, FOREIGN_PHRASES, FOREIGN_WORDS } from './foreign-names.js';

/**
 * The names whose values are secrets. Sources: the password rule of Relay's default PII rules, the deny list of the
 * Python SDK's EventScrubber, the identifiers that gitleaks' generic rule looks for. Compared by whole words.
 */

/** One of these words anywhere in a key makes it sensitive. */
export const SECRET_WORDS: ReadonlySet<string> = new Set([
  ...(
    'password passwords passwd passwds passphrase passphrases passcode passcodes pwd pwds passw pswd psw userpass userpwd ' +
    'secret secrets token tokens auth oauth authn authz authorization authorisation credential credentials creds ' +
    'apikey apikeys jwt jwts bearer csrf xsrf privatekey secretkey accesskey authkey sessionkey unsealkey nkeyseed nthash lmhash pword passwrd passw signingkey ' +
    'encryptionkey masterkey licensekey sshkey cvv cvc cvv2 cvc2 cvn csc ssn htpasswd pgpass privkey enckey ' +
    'pinblock magstripe tpin mpin atmpin keytab skey nkey passkey psk dbpw appkey seedphrase apikeysecret sessid phpsessid jsessionid aspsessionid sharedkey accountkey apisecret apitoken totp mnemonic saltedhash sharedaccesssignature sharedaccesskey'
  ).split(' '),
  ...FOREIGN_WORDS,
]);

/** Sensitive only as the whole key; Relay has the first two. */
export const SECRET_KEYS: ReadonlySet<string> = new Set(
  [
    'otp two-factor twofactor pass pw pin pins puk sig storepass keypass srcstorepass deststorepass passin passout assertion mfa-code otp-code one-time-code one-time-password',
    'security-code card-code verification-code two-factor-code recovery-codes backup-codes user-pass db-pass smtp-pass',
    'x-amz-signature x-goog-signature stripe-signature x-hub-signature x-hub-signature-256 saml-response samlresponse code-verifier session-cookie set-cookie2',
    'social-security social-security-number card-number cardnumber cc-number ccnumber credit-card-number pan-number',
    'seed-phrase security-answer secret-answer x-api-key x-functions-key ocp-apim-subscription-key subscription-key',
    'x-honeycomb-team xapikey authcode auth-code authorization-code client-assertion shared-access-signature hapikey',
    'card-pin pin-number kek dek signature-key x-amz-credential seed-words magic-link reset-link track-data',
    'jfrog-art-api j-frog-art-api device-code requirepass masterauth userpassword unicodepwd authentication',
    ...FOREIGN_KEYS,
  ]
    .join(' ')
    .split(' '),
);

/** Consecutive words, with others before or after them: `userPinCode`, `mothersMaidenName`, `SUPABASE_SERVICE_ROLE_KEY`. */
export const SECRET_PHRASES: readonly string[] = [
  ...(
    'pin check|pin validation|pin used|pin reset|pin changed|pin created|pin issued|pin hint|pin note|pin error|pin message|otp check|otp used|otp reset|otp refresh|otp issued|otp message|otp hint|' +
    'pin code|unlock pin|kms data key|data encryption key|key encryption key|plaintext key|plaintext data key|pin number|pin block|card pin|pin hash|pin salt|pin digest|hashed pin|encrypted pin|new pin|old pin|current pin|confirm pin|wallet pin|sim pin|login pin|access pin|transaction pin|atm pin|puk code|sms code|otp code|totp code|mfa code|two factor code|twofactor code|factor auth code|recovery code|recovery codes|' +
    'backup code|backup codes|oob code|activation code|reset key|reset hash|activation key|magic code|client key data|scratch codes|verification code|security code|card code|one time code|one time password|one time pin|onetime code|login code|signin code|' +
    '2fa code|code pin|pin kode|kode pin|pin kod|seal key|transit key|key material|snmp community|read community|write community|ro community|rw community|community string|sess id|salted hash|lm hash|nt hash|ntlm hash|krb ticket|saml assertion|saml response|saml request|pairing code|access code|door code|gate code|entry code|alarm code|confirmation code|bypass code|emergency code|epp code|security phrase|unseal phrase|nkey seed|private seed|secret seed|kerberos ticket|oidc data|protection bypass|sign in code|unlock code|reset code|service role key|recovery key|maiden name|security answer|secret answer|' +
    'hash salt|logged in key|question answer|answer hash|card pan|tan code|code securite|jwks private|key plaintext|signature key|service account json|new parol|old parol|staroe parol|noviy parol|novyi parol|safe combination|lock combination|memorable word|' +
    'card verification|social security|card number|cc number|credit card number|account number pan|primary account number|card no|card num|cc num|cc no|' +
    'wallet seed|mfa seed|totp seed|otp seed|master seed|recovery seed|hd seed|seed phrase|seed words|recovery phrase|mnemonic phrase|secret phrase|' +
    'backup phrase|pgp private|gpg private|ssh private|rsa private|ec private|tls private|jwt private|vapid private|vault code|private pem|private jwk|private rsa|private ssh|key pem|pem key|' +
    'shared access signature|pre shared key|preshared key|pass hash|pass salt|pass digest|hash pass|pass phrase|pass code|pass word|pass key|pw hash|pw salt|' +
    'track data|track2 data|track1 data|track equivalent|storage sas|connection pass|aws secret|client assertion|bind pw|user pw|db pw|root pw|identity header|kms providers|signature provided|gh pat|github pat|gitlab pat|git pat|azure pat|ado pat|devops pat|personal access|cypress record key|sops age key|keystore json|jenkins crumb|sonar login|dsonar login|queue sas|blob sas|container sas|table sas|sas url|seed word|two fa code|tfa code|jwk private|key private|access tok|refresh tok|auth tok|id tok|session tok|salt key|decryption pvk|private pvk|email code|hash pepper|auth pepper|email otp|sms otp|phone otp|login otp|user otp|entered otp'
  ).split('|'),
  ...FOREIGN_PHRASES,
];

/** On the deny list of EventScrubber as whole names; ordinary words in running text. */
export const SESSION_KEYS: ReadonlySet<string> = new Set(
  'session user-session aiohttp-session sessionid connect-sid symfony'.split(' '),
);

/** `key` after one of these words is a secret: `apiKey`, `encryption_key`. Any other key is a name (`primaryKey`). */
export const KEY_OWNERS: ReadonlySet<string> = new Set(
  (
    'api private secret access auth encryption signing master license licence service account shared storage deploy ' +
    'tls ssl apns fcm cookie ssh pgp gpg rsa ecdsa aes hmac session crypt crypto decryption write ingest integration webhook jwk app server ' +
    'client consumer developer admin root vault sftp scp decrypt encrypt relic unlock sas eventhub servicebus rubygems pypi nuget dockerhub wallet cipher symmetric priv enc dec sign sig sec fernet wrapping recovery ' +
    'unseal vpn iot cosmos speech translator authenticator sa ca cert ephemeral tacacs radius ipsec wrapped application wifi wep wlan drm zigbee preshared psk wpa wireguard jwe jws jwt totp otp mfa bearer functions activation prod live ' +
    // vendors from the rules of Kingfisher and TruffleHog
    'airbrake aiven apify apilayer apollo appfollow appoptics atera audd aviationstack avaza ayrshare bannerbear baremetrics bitly blazemeter blocknative browshot browserstack ' +
    'bscscan bugherd buttercms calendly capsulecrm chartmogul checkly clarifai clearbit clickup clockify cloudconvert cloudmersive cloudsmith codacy codeclimate codemagic coinapi ' +
    'coinlayer convertapi convertkit coveralls crowdin cryptocompare currencylayer currencyscoop databricks deepai delighted detectify detectlanguage diffbot disqus docparser ' +
    'dynatrace edenai elasticemail ethplorer eventbrite fixerio foursquare freshdesk freshbooks fullstory geckoboard geoapify geocodify getresponse gocardless graphhopper gumroad ' +
    'gtmetrix hellosign helpscout hereapi iconfinder iexcloud imagekit imagga insightly ipapi ipdata ipgeolocation ipqualityscore ipstack ip2location jotform jumpcloud jupiterone ' +
    'kickbox klaviyo klipfolio kontent lemlist lemonsqueezy linkpreview livestorm logzio lokalise loginradius lunchmoney mailboxlayer mailerlite mailersend mailsac mapquest marketstack ' +
    'mediastack wandb moosend monkeylearn newsapi newscatcher nftport numverify omnisend onesignal onfleet onfido openuv optimizely packagecloud pagarme pandadoc paperform partnerstack ' +
    'pastebin paymongo pdflayer pdfshift pepipost pipedream pipedrive pixabay positionstack postageapp postman proxycrawl pushbullet pushover qase qubole rawg rebrandly rocketreach ' +
    'scraperapi scrapestack scrapfly scrapingant scrapingbee screenshotapi screenshotlayer securitytrails selectpdf sendinblue serpapi serpstack shippo shodan shotstack signaturit ' +
    'smartsheet snipcart spoonacular spotify statuscake statuspage statuspal stormglass storyblok swiftype taxjar ticketmaster tiingo tinypng tomtom travelpayouts twelvedata tyntec ' +
    'typeform ubidots uptimerobot urlscan vatlayer virustotal visualcrossing voiceflow vpnapi walkscore weatherapi weatherbit weatherstack webflow wistia wrike youtube zapier zenrows ' +
    'zenscrape zeplin zerobounce zerotier zipcodeapi ' +
    // vendors from gitleaks' rules
    'adafruit algolia airtable alibaba anthropic asana atlassian aws azure beamer bitbucket bittrex cloudflare codecov ' +
    'cohere coinbase confluent contentful datadog discord dropbox etsy facebook fastly finicity finnhub flickr gcp github ' +
    'gitlab heroku hubspot intercom jfrog kraken kucoin launchdarkly linear linkedin lob mailchimp mailgun mapbox ' +
    'resend posthog clerk supabase firebase google gemini claude mistral groq deepseek huggingface replicate pinecone cloudinary pusher ably ' +
    'mixpanel amplitude bugsnag rollbar honeycomb grafana pagerduty opsgenie paypal braintree adyen mollie razorpay paystack vonage nexmo plivo ' +
    'postmark mandrill sparkpost brevo mailjet maxmind ipinfo opencage openweather binance bybit etherscan infura alchemy quicknode giphy unsplash pexels tmdb ' +
    'logdna logtail mezmo betterstack chromatic percy cypress expo gcs rtmp scaleway hetzner linode vultr ovh digitalocean backblaze wasabi vercel notion asana perplexity elevenlabs assemblyai deepgram tavily serper ' +
    'mattermost meraki messagebird netlify newrelic nytimes okta openai plaid rapidapi sendbird sendgrid shopify slack ' +
    'snyk sonar square squarespace stripe sumo telegram travis trello twilio twitch twitter yandex zendesk'
  ).split(' '),
);

/** `client_key` and `app_key` are secrets, `clientKeyboard` is not; these owners only count directly before the last word. */
export const WEAK_OWNERS: ReadonlySet<string> = new Set(
  'application session app server client consumer service account storage write root service integration webhook prod live sign sig sec google activation sa ca cert iot'.split(
    ' ',
  ),
);

/** Endings of compound words: `dbpassword`, `stripetoken`, `clientsecret`, `basicauth`. */
export const JOINED_ENDS: readonly string[] = [
  ...FOREIGN_ENDS,
  ...(
    'password passwords passwd pwd passphrase passcode secret secrets token tokens apikey apikeys privatekey accesskey secretkey ' +
    'credential credentials auth authorization'
  ).split(' '),
];

/** Beginnings of compound words: `tokenvalue`, `passwordhash`. */
export const JOINED_STARTS: readonly string[] = [
  'password',
  'passwd',
  'passwort',
  'kennwort',
  'wachtwoord',
  'apikey',
  'privatekey',
  'credential',
];

/** Words that only look like secrets. */
export const HARMLESS_WORDS: ReadonlySet<string> = new Set(
  'secretary secretaries secretariat author authors tokenizer tokenize tokenized tokenization passwordless passwortlos bypass'.split(
    ' ',
  ),
);

/** Next to a sensitive word they make a number a measure: `tokenCount`, `password_length`. */
export const MEASURE_WORDS: ReadonlySet<string> = new Set(
  (
    'count counts counter total usage used budget limit max min length len size ttl expires expiry expiration lifetime ' +
    'age duration attempts retries remaining decimals decimal supply balance version index position rounds cost iterations days hours minutes seconds threshold history price prices holders amount fee fees period words'
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

/** Words in the names of cookies that hold a session: by their form, as every application names its own. */
export const COOKIE_WORDS: ReadonlySet<string> = new Set(
  (
    'session sess sid sessid sso saml remember rememberme remembered aspxauth oidc hsid ssid apisid sapisid osid lsid fedauth rtfa ' +
    'estsauth estsauthpersistent ltpatoken smsession msisauth simplesaml castgc tgc rtfa iplanetdirectorypro acsid sacsid psid psidts psidcc ocsessid oscsid zenid sails dsid svpncookie vouch'
  ).split(' '),
);
export const SESSION_END =
  /(?:session|sessid|sessionid|sess|sesskey)$|^(?:aspsession|jsessionid|phpsessid|s?sess[0-9a-f]{20})/;
export const COOKIE_PHRASES: readonly string[] = [
  ' asp net ', // `.AspNetCore.Identity.Application`
  ' aspnet ',
  ' logged in ',
  ' wordpress sec ',
  ' cloud front signature ',
  ' cloud front policy ',
  ' cloud front key ',
  ' keycloak identity ',
  ' kc restart ',
  ' kc access ',
  ' kc state ',
  ' cf clearance ',
  ' cf authorization ',
  ' mod auth ',
  ' presta shop ',
  ' gitea incredible ',
  ' xf user ',
  ' li at ',
  ' ory kratos ',
  ' i like gitea ',
  ' fe typo user ',
  ' be typo user ',
];
/** A cookie about the session, not the session: `session_language`. */
export const COOKIE_SETTINGS: ReadonlySet<string> = new Set(
  'theme lang language locale currency consent banner notice view color mode timezone'.split(' '),
);
