/** Names of algorithms, encodings, protocols, units and counts that look as random as passwords. */
export const TECHNICAL =
  /^(?:v?\d+(?:\.\d+)*\w{0,3}|sha-?\d+|md\d|base\d+|oauth\d?|utf-?\d+|x\d{3}|ed\d+|[rhpe]s\d{3}|h2c?|http\d?|k8s|aes-?\d+|p-?\d+|ipv\d|2fa|argon2\w{0,2}|bcrypt\d?|pbkdf2|rc4|des3|tls\d|secp\d+\w\d|ec2|s3|route53|[\w.-]*\.(?:js|ts|py|go|json|ya?ml|pem|cer|txt)|\S*\/\S*|#?\d+(?:st|nd|rd|th)?|\d{4}-\d\d\S*|\d[\d,.:]*(?:ms|s|m|h|d|x|%|kb|mb)?)$/i;
/** At least six characters with letters and digits, and no known technical term. */
export function mixes(value: string): boolean {
  return value.length >= 6 && /[A-Za-z]/.test(value) && /\d/.test(value) && !TECHNICAL.test(value);
}
