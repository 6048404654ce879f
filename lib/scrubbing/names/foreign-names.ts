import { withoutAccents } from './key-words.js';

/**
 * Names of secrets in other languages, as applications in these languages use them. A language that joins its words
 * (German, Dutch, Swedish) has them at the end of longer ones: `Benutzerkennwort`.
 */
const BY_LANGUAGE: Readonly<Record<string, string>> = {
  german:
    'passwort passwörter kennwort kennwörter geheimzahl geheimnis losungswort zugangscode zugangsdaten geheimschlüssel geheimschluessel privatschlüssel privatschluessel apischlüssel apischluessel zugangsschlüssel zugangsschluessel geheimcode sicherheitscode bestätigungscode bestaetigungscode freischaltcode einmalcode geheimtext geheimwort anmeldecode wiederherstellungscode entsperrcode sicherheitsantwort',
  dutch:
    'wachtwoord wachtwoorden toegangscode toegangssleutel privésleutel geheimesleutel apisleutel beveiligingscode verificatiecode inlogcode herstelcode geheimwoord bevestigingscode activatiecode',
  danish:
    'adgangskode adgangskoder kodeord adgangsnøgle hemmelighed sikkerhedskode engangskode gendannelseskode bekræftelseskode',
  norwegian:
    'passord hemmelighet sikkerhetskode apinøkkel gjenopprettingskode engangskode bekreftelseskode tilgangskode',
  swedish:
    'lösenord lösenordet hemlighet apinyckel säkerhetskod engångskod pinkod återställningskod verifieringskod åtkomstkod',
  icelandic: 'lykilorð aðgangsorð',
  finnish: 'salasana salasanat salasanasi salaisuus tunnusluku pinkoodi vahvistuskoodi varmistuskoodi',
  estonian: 'salasõna parool',
  polish: 'hasło hasła sekret sekrety',
  czech: 'heslo hesla tajemství',
  slovene: 'geslo',
  croatian: 'lozinka zaporka',
  hungarian: 'jelszó jelszava titok',
  romanian: 'parolă',
  turkish: 'şifre şifresi şifreniz şifrem parolası',
  lithuanian: 'slaptažodis',
  spanish: 'contraseña contraseñas contrasenia secreto credenciales credencial',
  catalan: 'contrasenya',
  galician: 'contrasinal',
  basque: 'pasahitza',
  portuguese: 'senha senhas palavrapasse segredo segredos credenciais credencial',
  french: 'motdepasse motsdepasse mdp jeton',
  italian: 'parolaordine segreto credenziali',
  afrikaans: 'wagwoord',
  swahili: 'nenosiri',
  indonesian: 'katasandi katalaluan',
  vietnamese: 'matkhau',
  russian: 'пароль пароля пароли секрет токен паролем секреты токена токены пинкод',
  ukrainian: 'пароль пароля паролю паролі секрет токен',
  bulgarian: 'парола',
  serbian: 'лозинка шифра',
  greek: 'κωδικός συνθηματικό',
  hebrew: 'סיסמה סיסמא',
  arabic: 'كلمةالمرور كلمةالسر',
  persian: 'گذرواژه رمزعبور',
  hindi: 'पासवर्ड कूटशब्द',
  thai: 'รหัสผ่าน',
  latvian: 'slepenvārds',
  chinese: '密码 密碼 口令 密钥 密鑰 私钥 私鑰 秘钥 秘鑰 密匙 令牌 验证码 驗證碼 授权码 授權碼 凭证 憑證',
  japanese:
    'パスワード 暗証番号 暗証コード 秘密鍵 秘密キー 暗号鍵 署名鍵 暗号化キー アクセスキー apiキー トークン シークレット 認証コード 認証情報 確認コード 合言葉 秘密の質問',
  korean: '비밀번호 암호 패스워드 비밀키 개인키 암호키 토큰 인증코드 인증번호 인증키 액세스키',
};

/** Names of several words. */
const PHRASES =
  'mot de passe|mots de passe|mot passe|phrase secrète|phrase de passe|code de confirmation|code confirmation|code de validation|code validation|code de récupération|code récupération|' +
  'codice accesso|codigo verificacao|codigo verificacion|gizli kod|kod dostepu|frase secreta|frase segreta|frase de paso|frase de acceso|codigo confirmacion|código de confirmación|codigo recuperacion|código de recuperación|codigo confirmacao|código de confirmação|' +
  'codigo recuperacao|código de recuperação|codice sicurezza|codice conferma|codice di conferma|codice recupero|codice di recupero|codice verifica|hemmelig kode|hemlig fras|hemlig kod|tunnus luku|' +
  'kod bezpieczenstwa|kod bezpieczeństwa|kod potwierdzajacy|kod potwierdzenia|kod odzyskiwania|palavra chave privada|palavra passe|palavra chave secreta|kata sandi|kata laluan|mật khẩu|parola d ordine|كلمة المرور|كلمة السر|رمز عبور|' +
  'code secret|clé secrète|clé privée|clé api|clave secreta|clave privada|clave api|clave de acceso|clave acceso|clave de usuario|clave usuario|clave encriptada|clave cifrada|clave hash|nueva clave|clave nueva|clave actual|clave anterior|código de seguridad|codigo secreto|codigo seguridad|codigo seguranca|codigo acceso|codigo acesso|codigo verificacion|' +
  'chave secreta|chave privada|chave api|chave de acesso|código de segurança|chiave segreta|chiave privata|chiave api|codice segreto|codice di sicurezza|' +
  'jeton d accès|jeton acces|código secreto|geheimer schlüssel|privater schlüssel|api schlüssel|geheime sleutel|numero de tarjeta|numéro de carte|' +
  'ключ доступа|тайный ключ|ключ шифрования|секретный ключ|закрытый ключ|numero carta|número do cartão|' +
  'clé de chiffrement|clé de signature|clé d accès|code de vérification|code d accès|llave secreta|llave privada|código de verificación|código de acceso|' +
  'código de verificação|código de acesso|chiave di accesso|codice di verifica|codice di accesso|geheimer schluessel|privater schluessel|api schluessel|' +
  'geheim code|geheime code|kod dostępu|kod dostepu|kod autoryzacyjny|kod weryfikacyjny|kod sms|přístupový kód|hozzáférési kód|erişim kodu|doğrulama kodu|cod de acces|cod acces|cod pin|code acces|code secret|cle secrete|cle privee|cle api|geheim sleutel|privé sleutel|prive sleutel|api sleutel|klucz prywatny|klucz tajny|tajny klucz|prywatny klucz|klucz api|kod pin|soukromý klíč|tajný klíč|klíč api|api klíč|' +
  'súkromný kľúč|tajný kľúč|gizli anahtar|özel anahtar|api anahtarı|anahtar gizli|hemlig nyckel|privat nyckel|api nyckel|hemmelig nøkkel|privat nøkkel|api nøkkel|' +
  'hemmelig nøgle|privat nøgle|api nøgle|salainen avain|yksityinen avain|api avain|titkos kulcs|privát kulcs|api kulcs|cheie secretă|cheie privată|cheie api|' +
  'tajni ključ|privatni ključ|api ključ|skrivni ključ|zasebni ključ|slaptas raktas|privatus raktas|slepenā atslēga|privātā atslēga|salajane võti|' +
  'μυστικό κλειδί|ιδιωτικό κλειδί|κλειδί api|приватный ключ|ключ api|api ключ|код доступа|код подтверждения|пин код|секретний ключ|приватний ключ|таен ключ|частен ключ|' +
  'тајни кључ|приватни кључ|مفتاح سري|المفتاح السري|رمز الوصول|מפתח סודי|מפתח פרטי|गुप्त कुंजी|निजी कुंजी|khóa bí mật|mã xác nhận|mã xác thực|sandi baru|sandi lama|sandi pengguna|kunci rahasia|kunci privat|kunci api|kode verifikasi|kode otp|api キー';

/** Whole names that are ordinary words elsewhere: Italian's and Romanian's `parola`, Spanish `clave`. */
const WHOLE = 'parol parola parole clave kode kodord pincode pinkode codepin geheim';

const folded = (list: string): string[] => list.split(' ').map(withoutAccents);

export const FOREIGN_WORDS: readonly string[] = Object.values(BY_LANGUAGE).flatMap(folded);
export const FOREIGN_PHRASES: readonly string[] = PHRASES.split('|').map(withoutAccents);
export const FOREIGN_KEYS: readonly string[] = folded(WHOLE);
/** May end a longer word: those with many letters, and those of scripts that do not separate words. */
export const FOREIGN_ENDS: readonly string[] = FOREIGN_WORDS.filter(
  (word) => word.length >= 7 || word.charCodeAt(0) > 0x2e80,
);
