type Named = readonly [name: string, reason: string];
const because = (reason: string, names: string): Named[] => names.split(' ').map((name) => [name, reason] as const);

/** Names whose values go, in every style. */
export const SECRET_KEYS: readonly Named[] = [
  ...because(
    'Relay @password',
    'password Password PASSWORD passwd secret api_key api-key apiKey ApiKey API_KEY apikey auth Authorization credentials mysql_pwd MYSQL_PWD privatekey private_key private-key privateKey otp two-factor two_factor',
  ),
  ...because(
    'Relay @password inside a name',
    'the_secret a_password_here userPassword USER_PASSWORD user-password user.password user[password] newPassword2 password_confirmation passwordConfirm currentPassword dbPassword DB_PASSWORD spring.datasource.password my-token foo-token-bar secret-token-here github_token stripetoken new_token',
  ),
  ...because('Relay attributes', 'auth_token authorization private_key secret api_key'),
  ...because(
    'EventScrubber deny list',
    'csrftoken x_csrftoken csrf_token csrf _csrf _csrf_token _xsrf XSRF-TOKEN x_api_key sessionid PHPSESSID connect.sid aiohttp_session user_session session _session symfony set_cookie',
  ),
  ...because(
    'data collection deny list',
    'jwt bearer pwd sso_token saml_response SAMLResponse x-csrf-token x-xsrf-token sessionToken idToken id_token',
  ),
  ...because(
    'gitleaks generic',
    'creds accessKey access_key secretAccessKey aws_secret_access_key AWS_SECRET_ACCESS_KEY clientSecret CLIENT_SECRET client-secret encryption_key ENCRYPTION_KEY signingKey sshKey master_key user_auth some_api_token_123 mySecretString todo_secret_do_not_commit',
  ),
  ...because(
    'OAuth forms',
    'access_token refresh_token client_assertion code_verifier assertion device_token subject_token actor_token',
  ),
  ...because(
    'payment and one-time codes',
    'cvv cvc cvv2 CVC cardCvc card_cvv securityCode pin PIN otpCode totp totp_secret mfaCode verificationCode oneTimePassword backupCodes recovery_codes cardPin user_pin',
  ),
  ...because(
    'cloud and database names',
    'AccountKey accountKey SharedAccessKey sharedAccessSignature storage_account_key connection_password PGPASSWORD REDIS_PASSWORD MONGO_PASS smtpPass db_pass X-Amz-Security-Token x-goog-iap-jwt-assertion x-vault-token X-Shopify-Access-Token webhookSecret hmac_key',
  ),
  ...because(
    'joined words',
    'dbpassword clientsecret authtoken accesstoken refreshtoken userpassword basicauth secretkey privatekey apisecret oauthtoken',
  ),
  ...because('other languages', 'contraseña mot_de_passe kennwort passwort senha'),
  ...because('wallets', 'mnemonic seedPhrase seed_phrase walletPrivateKey'),
];

/** Cookies that hold a session or a CSRF token. */
export const SECRET_COOKIES: readonly Named[] = [
  ...because(
    'Relay',
    'sentrysid sudo su session __session sessionid user_session symfony phpsessid fasthttpsessionid mysession irissessionid _vercel_jwt csrf xsrf _xsrf _csrf csrf-token csrf_token xsrf-token xsrf_token fastcsrf _iris_csrf',
  ),
  ...because('EventScrubber', 'csrftoken connect.sid PHPSESSID _session XSRF-TOKEN aiohttp_session'),
  ...because(
    'frameworks',
    'JSESSIONID ASP.NET_SessionId laravel_session .AspNetCore.Session __Host-session __Secure-next-auth.session-token next-auth.session-token authjs.session-token koa.sess express.sid _rails_session remember_token access_token refresh_token jwt auth_token sid SID __Host-sid _gitlab_session sb-access-token AWSALBAuth AWSELBAuthSessionCookie-0',
  ),
];
