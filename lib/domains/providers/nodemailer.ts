import { read, readCode, readNumber, readText } from '../../grouping/index.js';
import { describeRecipients } from '../recipients.js';

/** Codes that only nodemailer has, and those of connections, which have a command of SMTP. */
const CODES = new Set('EENVELOPE EMESSAGE EAUTH ENOAUTH EOAUTH2 EREQUIRETLS EMAXRECIPIENTS ESENDMAIL ESES'.split(' '));
const SHARED = new Set('ECONNECTION ETIMEDOUT ESOCKET EDNS ETLS EPROTOCOL ESTREAM EPROXY'.split(' '));
const COMMAND = /^(?:CONN|API|EHLO|HELO|LHLO|STARTTLS|AUTH\b.*|MAIL FROM|RCPT TO|DATA|QUIT|RSET)$/;
const MAX_RESPONSE = 500;

/** Errors of nodemailer, whose transports are SMTP, sendmail and SES. */
export function nodemailerFacts(error: unknown): Record<string, unknown> | undefined {
  const code = readText(error, 'code') ?? '';
  const command = readText(error, 'command');
  const isOfSmtp = SHARED.has(code) && command !== undefined && COMMAND.test(command);
  if (!CODES.has(code) && !isOfSmtp) return undefined;
  const rejected = read(error, 'rejected');
  return {
    provider: 'nodemailer',
    channel: 'email',
    code,
    status: readNumber(error, 'responseCode'),
    cause: readCode(error, 'originalCode'),
    command,
    response: readText(error, 'response')?.slice(0, MAX_RESPONSE),
    ...(Array.isArray(rejected) && describeRecipients(rejected)),
  };
}
