import { createTestSite } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';
import { topicsModule } from './module.ts';
import { testTopics } from './topics.fixture.ts';

testTopics(() => createTestSite({ modules: [registersModule, topicsModule] }));
