import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'exchange.no-node': { status: 409, zh: '本站点没有设置交换节点（ZHENGWU_EXCHANGE_SERVER），没有作任何改动。请由运维人员设置后重新启动。', en: 'This site has no exchange node (ZHENGWU_EXCHANGE_SERVER); nothing was changed. Have it set and start the site anew.' },
  'exchange.entry-invalid': { status: 422, zh: '服务器登记内容不完整或属于另一个实例（{place}），没有生成成员文件。请用 npx zhengwu exchange init 重新导出登记内容。', en: 'The entry of a server is incomplete or of another instance ({place}); no membership document was made. Export it anew with npx zhengwu exchange init.' },
  'exchange.membership-refused': { status: 422, zh: '成员文件未被采用（{reason}），节点继续使用此前的有效版本。请核对签名密钥、实例、版本和有效期。', en: 'The membership document was not taken up ({reason}); the node works on the last good one. Check the signing key, instance, version and dates.' },
  'exchange.no-file': { status: 422, zh: '找不到或无法读取 {file}，没有作任何改动。请核对路径。', en: '{file} is not there or can’t be read; nothing was changed. Check the path.' },
  'exchange.unknown-message': { status: 404, zh: '没有这条消息记录，没有作任何改动。请回到消息日志重新查找。', en: 'There is no record of this message; nothing was changed. Search the message log again.' },
  'exchange.not-stamped': { status: 409, zh: '这条消息还没有盖时间戳，暂不能下载签名容器；消息已完整保存。请在下一批时间戳（约 {seconds} 秒一批）后重试。', en: 'This message has no time-stamp yet, so its container can’t be downloaded; the message is kept whole. Try again after the next batch (one every {seconds} seconds).' },
  'exchange.unknown-subsystem': { status: 404, zh: '本节点没有这个子系统，没有作任何改动。请先登记子系统。', en: 'This node serves no such subsystem; nothing was changed. Register the subsystem first.' },
  'exchange.unknown-service': { status: 404, zh: '该子系统没有这项服务，没有作任何改动。请刷新服务列表。', en: 'The subsystem has no such service; nothing was changed. Reload the list of services.' },
  'exchange.bad-name': { status: 422, zh: '“{name}”不是合法的标识：应为 实例/类别/成员/子系统，各部分分别百分号编码。没有保存任何内容。', en: '“{name}” is no identifier: write INSTANCE/CLASS/MEMBER/SUBSYSTEM, each part percent-encoded by itself. Nothing was saved.' },
  'exchange.bad-address': { status: 422, zh: '服务地址“{address}”不能使用：应为不含账号的 http 或 https 地址。没有保存任何内容。', en: 'The address “{address}” can’t be used: give http or https without credentials. Nothing was saved.' },
  'exchange.bad-certificate': { status: 422, zh: '这不是 PEM 格式的 X.509 证书，没有保存任何内容。请粘贴完整的证书。', en: 'This is no X.509 certificate in PEM; nothing was saved. Paste the whole certificate.' },
  'exchange.bad-openapi': { status: 422, zh: '服务说明不是 OpenAPI 3 的 JSON 文件，没有保存任何内容。', en: 'The description is no OpenAPI 3 document in JSON; nothing was saved.' },
  'exchange.unknown-right': { status: 404, zh: '这项授权不存在或已经收回，没有作任何改动。请刷新授权列表。', en: 'This right does not exist or has been withdrawn; nothing was changed. Reload the list of rights.' },
  'exchange.unknown-group': { status: 404, zh: '没有这个本地组，没有作任何改动。', en: 'There is no such local group; nothing was changed.' },
  'exchange.container-invalid': { status: 422, zh: '签名容器不成立：{reason}。', en: 'The container does not hold: {reason}.' },
});
