/** Kinds of personal data that an application may have removed: off by default, as names and forms are ambiguous. */
export const PERSONAL_KINDS = [
  'phone',
  'nationalId',
  'birthDate',
  'postalAddress',
  'name',
  'geolocation',
  'mac',
] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** In markers, pseudonyms and the names of rules: `national-id`. */
export function personalLabel(kind: PersonalKind): string {
  return kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Names of the members that hold them, as words. */
const NAMES: Readonly<Record<PersonalKind, string>> = {
  phone:
    'phone|phone number|mobile|mobile number|mobile phone|cell phone|telephone|tel|msisdn|fax|fax number|whatsapp|telefon|telefono|telefone',
  nationalId:
    'national id|national id number|identity number|id card number|personal number|personnummer|fodselsnummer|personal id|tax id|tax number|tin|nin|nino|national insurance number|' +
    'passport|passport number|passport no|driver license|drivers license|driver license number|licence number|cpf|cnpj|dni|nie|nif|curp|rfc|pesel|bsn|nhs number|aadhaar|aadhaar number|pan number|codice fiscale|steuer id|sin|sozialversicherungsnummer',
  birthDate:
    'birth date|birthdate|date of birth|dob|birthday|birth day|birth year|born|geburtsdatum|geboortedatum|fecha nacimiento|date naissance',
  postalAddress:
    'street|street address|street name|address|address line|address line1|address line2|address one|address two|home address|postal address|mailing address|billing address|shipping address|' +
    'zip|zip code|zipcode|postal code|postcode|post code|house number|city|town|strasse|plz',
  name: 'first name|firstname|last name|lastname|full name|fullname|surname|given name|givenname|family name|familyname|middle name|maiden name|nickname|display name|holder name|card holder|cardholder|cardholder name|vorname|nachname|nombre|apellido|prenom|nom',
  geolocation: 'lat|latitude|lng|lon|long|longitude|coords|coordinates|geo|geolocation|gps|location point',
  mac: 'mac|mac address|macaddress|hardware address|bssid|wifi mac',
};

const KIND_OF: ReadonlyMap<string, PersonalKind> = new Map(
  PERSONAL_KINDS.flatMap((kind) => NAMES[kind].split('|').map((name) => [name, kind] as const)),
);
/** Whose data it is says nothing: `userPhone`, `customer_first_name`. */
const OWNER =
  /^(?:user|customer|client|member|guest|patient|employee|contact|billing|shipping|home|work|primary|my|owner|buyer|recipient|sender|person|account) /;

/** The kind of personal data under a name of these words; undefined if it holds none. */
export function personalKind(words: readonly string[]): PersonalKind | undefined {
  const phrase = words.join(' ');
  return KIND_OF.get(phrase) ?? KIND_OF.get(phrase.replace(OWNER, ''));
}
