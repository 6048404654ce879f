/** Words of command lines and protocols near which a password has no name of its own, as they are written there. */
export const COMMAND_WORDS: readonly string[] = (
  'config config:set configure user-secrets secret secrets parameter env variables setx setenv SetEnv kv chpasswd passwd sudo htpasswd sqlplus expdp impdp nmcli net ' +
  'rclone vault mc mcli npm ngrok lftp obscure xfreerdp signtool rabbitmqctl schtasks cargo machine requirepass masterauth rootpw bindpw ' +
  'netlify wpa_cli snyk bw qpdf pdftk codecov iwconfig SETEX PSETEX SETNX GETSET HSET HMSET HSETNX MSET MSETNX hset hmset setex psetex mset ENV ARG etcdctl put-parameter keyvault gcloud digo codice codigo ' +
  'API_KEY API_TOKEN SECRET_KEY JWT_SECRET ACCESS_TOKEN AUTH_TOKEN DB_PASSWORD DB_PASS api_key api_token secret_key access_token auth_token db_password client_secret refresh_token id_token reset_token session_token csrf_token webhook_secret private_key access_key new_password user_password admin_password ' +
  'authToken accessToken refreshToken idToken apiToken resetToken csrfToken sessionToken bearerToken apiKey secretKey clientSecret appSecret dbPassword newPassword oldPassword ' +
  'IDENTIFIED identified AUTH nAUTH AUTHENTICATE PASS LOGIN APOP HELLO SETUSER setuser IDENTIFY Failing stats community snmp-server cache_peer wpa_passphrase insecure-password proxy_set_header grpc_set_header fastcgi_param RequestHeader auth-pass auth_pass remote_password bind_password smtp_password sasl_password lautet ' +
  // before a secret in a sentence of another language; the scan knows words of ASCII letters only
  'passe wachtwoord Wachtwoord passord passordet Passordet adgangskode adgangskoden kodeord kodeordet pass mnemonic phrase bind_pw Adgangskode Adgangskoden Kodeord Kodeordet Salasana Parola kinit authorize-account private-key preshared-key signed logged log Log login Login decrypt encrypt decrypted TRUE FALSE senha Senha heslo Heslo haslo senord senordet contrasena contrase Contrase parola Parola salasana'
).split(' ');

/** Words that are common, unless a letter that is not ASCII follows: `hasło`, `jelszó`, `parolă`. */
export const COMMAND_HEADS: readonly string[] = ['has', 'jelsz', 'parol', 'Has', 'Jelsz', 'Parol'];
