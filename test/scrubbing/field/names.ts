/** Names of secrets: in English, short, and in other languages. */
export const SECRET_NAMES =
  'tlsKey apnsKey cookie_key contrasenia GH_PAT jwk_private vault_pass X-JFrog-Art-Api 暗証コード ' +
  'pinHash newPin client_key_data ansible_become_pass oobCode ' +
  'lösenord passord Benutzerkennwort zugangscode datenbankpasswort toegangscode kodeord salasana heslo jelszó geslo lozinka şifre slaptažodis contrasenya motDePasseUtilisateur nouveau_mot_de_passe cléPrivée clave_secreta código_de_seguridad chavePrivada пароль новый_пароль κωδικός סיסמה كلمة_المرور रह_पासवर्ड 用户密码 新密碼 ログインパスワード 비밀번호 รหัสผ่าน mat_khau kataSandi parola ' +
  'privKey enc_key bindpw rootpw dbPw dbPass smtppass sudo_pass storepass keyPass cardSecurityCode card_verification_number cvn securityCode loginCode otpCode mfaCode totpKey recoveryKey backupCodes walletMnemonic seedPhrase mothers_maiden_name ' +
  'serviceRoleKey supabase_key wrappingKey signKey jweKey pgp_private privatePem tlsPrivateKey preSharedKey psk pinBlock trackData ccNumber card_num socialSecurityNumber pwHash pass_hash hashedPassword userPassphrase resendKey groqKey magicLink otp_secret';
/** Names that only look like those of secrets, with a value that such a name has. */
export const HARMLESS_NAMES: readonly (readonly [string, unknown])[] = [
  ['tokenSymbol', 'USDC'],
  ['token_decimals', 18],
  ['tokenStandard', 'ERC-20'],
  ['tokenSupply', 1000000],
  ['tokenContract', '0x52908400098527886E0F7030069857D2E4169EE7'],
  ['boardingPass', 'A-12'],
  ['passRate', 0.98],
  ['compass', 'north'],
  ['passengers', 'four'],
  ['pinned', 'yes'],
  ['shipping', 'express'],
  ['spinner', 'dots'],
  ['primaryKey', 'order_id'],
  ['foreign_key', 'user_id'],
  ['sortKey', 'createdAt'],
  ['cacheKey', 'orders:42'],
  ['keyboard', 'nordic'],
  ['postalCode', '5003'],
  ['countryCode', 'NO'],
  ['errorCode', 'E_TIMEOUT'],
  ['promoCode', 'SUMMER'],
  ['authMethod', 'password'],
  ['auth_provider', 'google'],
  ['passwordPolicy', true],
  ['passwordChangedAt', '2026-01-02T03:04:05Z'],
  ['tokenExpiresAt', '2026-01-02T03:04:05Z'],
  ['secretArn', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:x'],
  ['secretName', 'db-credentials'],
  ['isStrongPassword', 'password is not strong enough'],
  ['sessionCount', 4],
  ['possession', 'red'],
  ['seedling', 'oak'],
  ['randomSeed', 42],
  ['opinion', 'good'],
  ['encoding', 'utf-8'],
  ['privacy', 'public'],
  ['signature_algorithm', 'ES256'],
  ['accountNumber', 'AC-42'],
  ['cardBrand', 'visa'],
  ['cardLast4', '4242'],
];
