import { FILTERED } from '../../markers/marker.js';
import { mixes } from './mixed-values.js';

/** A password in a sentence of another language. The scan knows those names that `command-words.ts` lists. */
const FOREIGN =
  /(?<![\p{L}\w@./-])((?:mots? de passe|palavra[- ]passe|passwort|kennwort|wachtwoord|passord(?:et)?|l[öo]senord(?:et)?|adgangskode[nr]?|kodeord(?:et)?|salasana(?:si)?|contrase(?:ñ|n)a|senha|has[łl]o|heslo|jelsz[óo]|parol[aă])(?: (?:ist|lautet|war|est|es|era|é|è|er|är|var|on|jest|je|is|was|de \S{1,40}|f[üu]r \S{1,40}|pour \S{1,40}|para \S{1,40}|nueva|actual|neues?|nouveau|nova|nuova|di(?:tt|n|t)|temporal|tempor[aä]r\w{0,3}|temporane[ao]|provisoire|provis[oó]ri[oa]|midlertidige?|tijdelijke?|nytt|nye|to|este|incorrect[eoa]?|inv[aá]lid[aeo]|onjuist|ongeldig|falsch(?:es)?|ung[üu]ltig(?:es)?|errat[ao]|valid[ao]|non|non valide|forkert|feil|ugyldig|fel|ogiltigt|v[äa][äa]r[äa]|hib[áa]s|érvénytelen|niepoprawne|nieprawid[łl]owe|neplatné|gre[șs]it[ăa]|nu|nå|jetzt|maintenant|ahora|ora|teraz|wurde|blev|ble|heeft|gewijzigd|veranderd|geändert|changé|modifié|cambiad[ao]|alterad[ao]|cambiata|zmienion[eoy]|endret|ændret|ändrats|naar|auf|zu|en|a|na|in|til|till)){0,5} ?:? ["'«]?)([^\s"'`,;:=<>()[\]{}|«»]{6,200})/giu;
/** A code of digits: `o código é 482913`, `le code de vérification est 482913`, `код подтверждения: 482913`. */
const CODE =
  /(?<![\p{L}\w-])((?:c[óo]digo|(?:bestätigungs|sicherheits|zugangs|aktivierungs|verifizierungs|anmelde|einmal|verificatie|bekreftelses|säkerhets)?code|codice|cod|kode|koden|kod|kood|kodu|codi|код|κωδικός)((?: (?!error|erro\b|erreur|fehler|fel\b|feil|ошибк|postal|postale|http)[\p{L}'’]{1,20}){0,4}?) ?(?:é|es|est|ist|lautet|è|este|är|er|on|jest|je|это|είναι|:|—|–)(?: ?:)? )(\d{4,8})(?!\d)/giu;
/** The same, and passwords, in languages that do not separate words. */
const JOINED_CODE =
  /((?:验证码|驗證碼|动态码|動態碼|确认码|確認碼|校验码|認証コード|確認コード|暗証番号|ワンタイムパスワード|인증번호|인증코드|확인코드|보안코드)(?:是|为|為|は|이|은|는|가)?[\s:：]{0,3})(\d{4,8})(?!\d)/g;
const JOINED_PASSWORD =
  /((?:密码|密碼|口令|パスワード|비밀번호|암호)(?:是|为|為|は|이|은|는|가)[\s:：「『"']{0,3})([^\s"'，。、！」』]{6,100})/g;
const CYRILLIC_PASSWORD =
  /((?:парол[ья]|пароль)(?: [\p{L}]{1,20}){0,2} ?(?:[—–:-]|это|равен)? ?["'«]?)([^\s"'«»,;:]{6,200})/giu;
/** A cheap test for all of them. */
const MAY_BE_FOREIGN =
  /passe|passord|passwort|kennwort|wachtw|senord|adgangs|kodeord|salasana|contrase|senha|hasło|haslo|heslo|jelsz|parol|[\u0370-\u052f\u2e80-\ud7a3]|\bc[oó]d(?:igo|ice|e|i)?\b|\bkod|(?:ungs|heits|gangs|anmelde|einmal|catie|elses|kerhets)code/i;
/** English names of codes are those of errors, too. */
const ENGLISH = /^code$/i;

/** `mot de passe : x1y2z3`, `o código é 482913`, `验证码是 482913`. */
export function scrubForeignSentences(text: string): string {
  if (!MAY_BE_FOREIGN.test(text)) return text;
  const passwords = text.replace(FOREIGN, replaced).replace(CYRILLIC_PASSWORD, replaced);
  return passwords
    .replace(CODE, (all: string, head: string, owner: string) => (isEnglish(head, owner) ? all : head + FILTERED))
    .replace(JOINED_CODE, (_all, head: string) => head + FILTERED)
    .replace(JOINED_PASSWORD, replaced);
}

/** `code: 5000` and `code 4821 on port` say nothing; French has a verb or an owner: `le code est`. */
function isEnglish(head: string, owner: string): boolean {
  return (
    ENGLISH.test(head.split(/[ :]/, 1)[0] ?? '') &&
    !/ (?:est|ist|lautet) $/.test(head) &&
    !/v[ée]rification|acc[èe]s|sécurité/.test(owner)
  );
}

function replaced(all: string, head: string, value: string): string {
  const end = /[.!?]+$/.exec(value)?.[0] ?? '';
  return mixes(value.slice(0, value.length - end.length)) ? head + FILTERED + end : all;
}
