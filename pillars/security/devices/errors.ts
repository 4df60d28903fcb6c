import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'device.unknown': { status: 404, zh: '登记册中没有设备 {id}，或不在您的管理范围内。没有作任何改动。请核对编号。', en: 'There is no device {id} in the register, or it is beyond your reach. Nothing was changed. Check the id.' },
  'device.taken': { status: 409, zh: '编号 {id} 已经登记过，编号不能重复使用。没有登记。请换一个编号。', en: 'The id {id} was registered before; an id is never used again. Nothing was registered. Choose another.' },
  'device.range-invalid': { status: 422, zh: '{range} 不是可用的网段：请写成 10.3.0.0/24 的形式，IPv4 前缀不小于 8，IPv6 前缀不小于 16。没有作任何改动。', en: '{range} is no network that can be a place: write it as 10.3.0.0/24, with a prefix of 8 or longer (IPv6: 16). Nothing was changed.' },
  'device.uscc-invalid': { status: 422, zh: '统一社会信用代码 {uscc} 不正确。没有登记。请核对后重新提交。', en: 'The unified social credit code {uscc} is not valid. Nothing was registered. Check it and send it again.' },
  'device.not-blocked': { status: 409, zh: '设备 {id} 没有被封锁，无需解除。没有作任何改动。', en: 'The device {id} is not blocked. Nothing was changed.' },
  'device.is-blocked': { status: 409, zh: '设备 {id} 已被封锁。没有作任何改动。请先解除封锁。', en: 'The device {id} is blocked. Nothing was changed. Release it first.' },
  'device.refused-unknown': { status: 403, zh: '这台设备没有登记，已拒绝，请求没有处理。请联系系统管理员登记。', en: 'This device is not registered and was refused; the request was not handled. Ask the system administrator to register it.' },
  'device.refused-blocked': { status: 403, zh: '这台设备已被封锁，已拒绝，请求没有处理。请联系系统管理员。', en: 'This device is blocked and was refused; the request was not handled. Ask the system administrator.' },
  'device.refused-elsewhere': { status: 403, zh: '这台设备不在登记的地点（{place}），已拒绝，请求没有处理。设备确已移动的，请联系系统管理员变更地点。', en: 'This device is not where it is registered ({place}) and was refused; the request was not handled. If it was moved, ask the system administrator to change its place.' },
  'device.refused-superseded': { status: 403, zh: '这张设备证书已被更新的证书取代，已拒绝，请求没有处理。请使用新证书。', en: 'A newer certificate has taken the place of this one; it was refused and the request was not handled. Use the newer one.' },
  'device.needs-certificate': { status: 401, zh: '此操作需要设备证书，请求没有处理。请通过 TLS 端口出示设备证书后重试。', en: 'This needs a device certificate; the request was not handled. Connect to the TLS port with the device’s certificate.' },
  'est.tls-only': { status: 403, zh: '设备注册只在 TLS 端口提供，请求没有处理。请改用 https 的 TLS 端口。', en: 'Enrolment is offered over TLS only; the request was not handled. Use the https address of the TLS port.' },
  'est.refused': { status: 401, zh: '设备编号或注册口令不正确、已使用、已过期，或因多次失败而作废。没有签发证书。请向系统管理员索取新的注册口令。', en: 'The device id or the enrolment secret is wrong, used, expired, or void after failures. No certificate was issued. Ask the system administrator for a new secret.' },
  'est.request-unreadable': { status: 400, zh: '请求体不是 base64 编码的 PKCS#10 证书请求。没有签发证书。请重新生成请求。', en: 'The body is not a PKCS#10 request in base64. No certificate was issued. Make the request again.' },
  'est.other-name': { status: 403, zh: '证书请求中写的是另一台设备（{name}）。没有签发证书。请用本设备的编号 {id} 生成请求。', en: 'The request names another device ({name}). No certificate was issued. Make a request in the name of this device, {id}.' },
});
