import { dropFilledFolders } from './filled.ts';
import { useTestCluster } from './test-cluster.ts';

/** Holds the shared test server through one whole run of vitest and stops it at the end, unless another run uses it. */
export default (): (() => void) => {
  process.env['ZHENGWU_TEST_RUN'] = String(process.pid);
  const leave = useTestCluster();
  return () => {
    dropFilledFolders(process.pid);
    leave();
  };
};
