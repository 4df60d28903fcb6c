import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { FieldLayout, FormStep } from '@zhengwu/contracts';
import { issueName, renderForm, renderIssues } from './render.tsx';

const text = (zh: string, en = zh) => ({ zh, en });
const field = (key: string, control: FieldLayout['control'], more: Partial<FieldLayout> = {}): FieldLayout => ({
  key,
  question: text(`问${key}`, `Ask ${key}`),
  control,
  ...more,
});
const step = (layout: FieldLayout[], properties: Record<string, unknown> = {}, required: string[] = []): FormStep => ({
  id: 's',
  title: text('标题'),
  schema: { type: 'object', properties, required },
  layout,
});
const html = (node: React.ReactNode) => renderToStaticMarkup(<>{node}</>);

describe('renderForm', () => {
  test('a step of one question makes the question the H1', () => {
    const page = html(renderForm(step([field('name', 'text')], { name: { type: 'string' } }, ['name']), {}, { lang: 'zh-CN' }));
    expect(page).toContain('<label for="f-name"><h1>问name</h1></label>');
    expect(page).not.toContain('选填');
  });

  test('names the error at the field and ties it to the input', () => {
    const form = step([field('name', 'text'), field('phone', 'phone')], {}, ['name', 'phone']);
    const issues = [{ path: '/values/phone', code: 'pattern', message: '手机号是11位数字' }];
    const page = html(renderForm(form, { phone: '12' }, { lang: 'zh-CN', issues }));
    expect(page).toContain('id="f-phone-error"');
    expect(page).toMatch(/<input[^>]*id="f-phone"[^>]*aria-describedby="f-phone-error"[^>]*aria-invalid="true"/);
    expect(page).toContain('value="12"');
    expect(html(renderIssues(form, issues, 'zh-CN'))).toMatch(/<a href="#f-phone">[^<]+：手机号是11位数字<\/a>/);
  });

  test('every control has a label, and every group a legend', () => {
    const controls = [
      'text',
      'paragraph',
      'number',
      'money',
      'date',
      'select',
      'radios',
      'checkbox',
      'checkboxes',
      'phone',
      'email',
      'citizenNumber',
      'uscc',
      'address',
      'division',
    ] as const;
    const page = html(renderForm(step(controls.map((control) => field(control, control, { options: [{ value: 'a', label: text('甲') }] }))), {}, { lang: 'en' }));
    const labelled = new Set([...page.matchAll(/<label for="([^"]+)"/g)].map((match) => match[1]));
    for (const [tag] of page.matchAll(/<(?:input|select|textarea)[^>]*>/g)) {
      if (tag.includes('type="hidden"')) continue;
      expect(labelled).toContain(/ id="([^"]+)"/.exec(tag)?.[1]);
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('an answer already held says where it comes from; a locked one is not asked', () => {
    const form = step([field('name', 'text'), field('phone', 'phone')]);
    const page = html(
      renderForm(
        form,
        { name: '张三', phone: '12900000000' },
        {
          lang: 'zh-CN',
          prefilled: [
            { key: 'name', source: text('人口库'), locked: true },
            { key: 'phone', source: text('账户'), locked: false },
          ],
        },
      ),
    );
    expect(page).toContain('已从“人口库”为您填好');
    expect(page).not.toContain('name="name"');
    expect(page).toContain('name="phone"');
  });

  test('asks only what is visible', () => {
    expect(html(renderForm(step([field('a', 'text'), field('b', 'text')]), {}, { lang: 'zh-CN', visible: ['b'] }))).not.toContain('问a');
  });

  test('escapes what people typed', () => {
    expect(html(renderForm(step([field('a', 'text'), field('b', 'text')]), { a: '"><script>alert(1)</script>' }, { lang: 'zh-CN' }))).not.toContain('<script>');
  });

  test('people: one fieldset each, with their own errors', () => {
    const form = step([field('people', 'people', { items: [field('name', 'text')] })], { people: { type: 'array', items: { type: 'object', required: ['name'] } } });
    const page = html(renderForm(form, { people: [{ name: '甲' }, {}] }, { lang: 'zh-CN', issues: [{ path: '/people/1/name', code: 'required', message: '请填姓名' }] }));
    expect(page).toContain('id="f-people-1-name-error"');
    expect(page).toMatch(/value="people\.0"[^>]*name="_remove"/);
  });

  test.each([
    ['/values/a', 'a'],
    ['/body/values/a/0', 'a.0'],
    ['/a/0/b', 'a.0.b'],
    ['#/a', 'a'],
    ['a', 'a'],
    ['', ''],
  ])('issue path %s is field %s', (path, name) => expect(issueName(path)).toBe(name));
});
