/** Installed in the lanes only, where the test applications run. */
declare module '@nestjs/websockets';
declare module '@nestjs/platform-socket.io';
declare module '@nestjs/platform-ws';
