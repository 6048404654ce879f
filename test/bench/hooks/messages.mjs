// Deliveries without a network: what is left is the client and the hook.
import { load, serve, startApplication } from './application.mjs';

const httpClient = { request: async () => ({ statusCode: 201, body: { sid: 'SM1', status: 'queued' } }) };
const mail = load('nodemailer').createTransport({ jsonTransport: true });
const twilio = load('twilio')(`AC${'0'.repeat(32)}`, 'token', { httpClient });
const sendgrid = load('@sendgrid/mail');
sendgrid.setApiKey('SG.test');
sendgrid.setClient({ setApiKey() {}, request: async () => [{ statusCode: 202 }, ''] });

await startApplication({
  off: { integrations: { notifications: false } },
  root: {
    providers: [
      { provide: 'MAIL', useValue: mail },
      { provide: 'TWILIO', useValue: twilio },
    ],
  },
});

const from = 'shop@example.com';
serve(20, {
  nodemailer: (at) => mail.sendMail({ from, to: `user${at}@example.com`, subject: 'Order', text: 'On its way.' }),
  twilio: (at) => twilio.messages.create({ from: '+15550001', to: `+1555${1_000_000 + at}`, body: 'On its way.' }),
  sendgrid: (at) => sendgrid.send({ from, to: `user${at}@example.com`, subject: 'Order', text: 'On its way.' }),
});
