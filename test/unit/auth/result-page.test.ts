import { describe, expect, it } from 'vitest';
import { renderResultPage } from '../../../electron/main/auth/result-page.ts';

const page = renderResultPage({
  language: 'zh-CN',
  outcome: 'success',
  title: '登录成功 <script>alert(1)</script>',
  body: `Go back to "Tidings" & 'close' this`,
});

describe('the page after a sign-in', () => {
  it('is recognised as HTML without a content type, and in its own encoding', () => {
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(page).toContain('<meta charset="utf-8">');
    expect(page).toContain('<html lang="zh-CN">');
  });

  it('shows its words as words', () => {
    expect(page).not.toContain('<script');
    expect(page).toContain('登录成功 &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('Go back to &quot;Tidings&quot; &amp; &#39;close&#39; this');
  });

  it('loads and runs nothing', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
    expect(page).not.toMatch(/https?:|url\(|@import/u);
  });
});
