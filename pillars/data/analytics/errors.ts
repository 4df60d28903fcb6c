import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'analytics.failed': {
    status: 500,
    zh: '统计未能完成，数据没有任何改动。请稍后重试；若仍不行，请把请求编号告诉管理员。',
    en: 'The figures could not be reckoned; no data was changed. Try again later, or give the request number to the administrator.',
  },
  'analytics.too-long': {
    status: 503,
    zh: '统计超过 {seconds} 秒仍未完成，已停止，数据没有任何改动。请缩短时间范围或减少分组后重试。',
    en: 'The question took longer than {seconds} seconds and was stopped; no data was changed. Ask for a shorter span or fewer groups.',
  },
  'analytics.dataset-unknown': {
    status: 404,
    zh: '没有“{dataset}”这个数据集，或您的权限不能用它统计。没有读取任何数据。请查看可用的数据集。',
    en: 'There is no data set “{dataset}” that your permissions let you reckon with. Nothing was read. See which there are.',
  },
  'analytics.column-unknown': {
    status: 422,
    zh: '数据集“{dataset}”没有可用于此处的列“{column}”。没有读取任何数据。请按数据集的列改正。',
    en: 'The data set “{dataset}” has no column “{column}” that fits here. Nothing was read. Use the columns of the data set.',
  },
  'analytics.no-snapshot': {
    status: 409,
    zh: '数据集“{dataset}”还没有快照。没有读取任何数据。快照每夜生成，也可由数据中心管理员立即更新。',
    en: 'There is no snapshot of “{dataset}” yet. Nothing was read. Snapshots are taken every night; a data centre officer can take them now.',
  },
  'indicator.unknown': {
    status: 404,
    zh: '没有“{indicator}”这个指标，或它不对您开放。请查看指标清单。',
    en: 'There is no indicator “{indicator}” that is open to you. See the list of indicators.',
  },
});
