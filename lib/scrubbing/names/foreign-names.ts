import { withoutAccents } from './key-words.js';

/**
 * Names of secrets in other languages, as applications in these languages use them. A language that joins its words
 * (German, Dutch, Swedish) has them at the end of longer ones: `Benutzerkennwort`.
 */
const BY_LANGUAGE: Readonly<Record<string, string>> = {
  german: 'passwort passwörter kennwort kennwörter geheimzahl geheimnis losungswort zugangscode zugangsdaten',
  dutch: 'wachtwoord wachtwoorden toegangscode',
  danish: 'adgangskode adgangskoder kodeord',
  norwegian: 'passord',
  swedish: 'lösenord lösenordet',
  icelandic: 'lykilorð aðgangsorð',
  finnish: 'salasana salasanat',
  estonian: 'salasõna parool',
  polish: 'hasło hasła',
  czech: 'heslo hesla',
  slovene: 'geslo',
  croatian: 'lozinka zaporka',
  hungarian: 'jelszó jelszava',
  romanian: 'parolă',
  turkish: 'şifre şifresi parolası',
  lithuanian: 'slaptažodis',
  spanish: 'contraseña contraseñas contrasenia',
  catalan: 'contrasenya',
  galician: 'contrasinal',
  basque: 'pasahitza',
  portuguese: 'senha senhas palavrapasse',
  french: 'motdepasse motsdepasse',
  italian: 'parolaordine',
  afrikaans: 'wagwoord',
  swahili: 'nenosiri',
  indonesian: 'katasandi katalaluan',
  vietnamese: 'matkhau',
  russian: 'пароль пароля пароли секрет токен',
  ukrainian: 'пароль',
  bulgarian: 'парола',
  serbian: 'лозинка шифра',
  greek: 'κωδικός συνθηματικό',
  hebrew: 'סיסמה סיסמא',
  arabic: 'كلمةالمرور كلمةالسر',
  persian: 'گذرواژه رمزعبور',
  hindi: 'पासवर्ड कूटशब्द',
  thai: 'รหัสผ่าน',
  chinese: '密码 密碼 口令 密钥 密鑰',
  japanese: 'パスワード 暗証番号 暗証コード',
  korean: '비밀번호 암호 패스워드',
};

/** Names of several words. */
const PHRASES =
  'mot de passe|mots de passe|palavra passe|palavra chave secreta|kata sandi|kata laluan|mật khẩu|parola d ordine|كلمة المرور|كلمة السر|رمز عبور|' +
  'code secret|clé secrète|clé privée|clé api|clave secreta|clave privada|clave api|clave de acceso|clave acceso|código de seguridad|codigo secreto|' +
  'chave secreta|chave privada|chave api|chave de acesso|código de segurança|chiave segreta|chiave privata|chiave api|codice segreto|codice di sicurezza|' +
  'jeton d accès|jeton acces|código secreto|geheimer schlüssel|privater schlüssel|api schlüssel|geheime sleutel|numero de tarjeta|numéro de carte|' +
  'ключ доступа|секретный ключ|закрытый ключ|numero carta|número do cartão';

/** Whole names that are ordinary words elsewhere: Italian's and Romanian's `parola`, Spanish `clave`. */
const WHOLE = 'parola parole clave kode kodord pincode pinkode codepin geheim';

const folded = (list: string): string[] => list.split(' ').map(withoutAccents);

export const FOREIGN_WORDS: readonly string[] = Object.values(BY_LANGUAGE).flatMap(folded);
export const FOREIGN_PHRASES: readonly string[] = PHRASES.split('|').map(withoutAccents);
export const FOREIGN_KEYS: readonly string[] = folded(WHOLE);
/** May end a longer word: those with many letters, and those of scripts that do not separate words. */
export const FOREIGN_ENDS: readonly string[] = FOREIGN_WORDS.filter(
  (word) => word.length >= 7 || word.charCodeAt(0) > 0x2e80,
);
