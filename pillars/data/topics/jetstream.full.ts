import { afterAll, beforeAll, describe } from 'vitest';
import { readConfig } from '@zhengwu/config';
import { createTestSite } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';
import { topicsModule } from './module.ts';
import { makeNatsServer, type NatsServer } from './nats.fixture.ts';
import { testTopics } from './topics.fixture.ts';

let server: NatsServer;
beforeAll(async () => {
  server = await makeNatsServer();
  await server.start();
});
afterAll(() => server.remove());

describe('carried by NATS JetStream', () => {
  testTopics(() => createTestSite({ modules: [registersModule, topicsModule], config: readConfig({ ZHENGWU_NATS: server.url }) }));
});
