import { describe, expect, it } from 'vitest';
import { chooseLanguage, createWords } from '../../electron/main/i18n.ts';

describe('the language', () => {
  it.each<[readonly string[], 'en' | 'zh-CN']>([
    [['zh-CN'], 'zh-CN'],
    [['zh'], 'zh-CN'],
    [['zh-Hans-SG', 'en'], 'zh-CN'],
    [['zh-Hans-HK'], 'zh-CN'],
    [['zh_CN.UTF-8'], 'zh-CN'],
    [['ZH-cn'], 'zh-CN'],
    [['de-DE', 'zh-CN', 'en'], 'zh-CN'],
    [['de-DE', 'en-GB', 'zh-CN'], 'en'],
    [['zh-TW', 'en'], 'en'],
    [['zh-Hant', 'zh-CN'], 'zh-CN'],
    [['zh-HK'], 'en'],
    [['fr'], 'en'],
    [['C'], 'en'],
    [[''], 'en'],
    [[], 'en'],
  ])('of a system that prefers %j is %s', (preferred, language) => {
    expect(chooseLanguage('system', preferred)).toBe(language);
  });

  it('is the chosen one whatever the system prefers', () => {
    expect(chooseLanguage('en', ['zh-CN'])).toBe('en');
    expect(chooseLanguage('zh-CN', ['en'])).toBe('zh-CN');
  });
});

describe('the words', () => {
  it('follow a change of the language', async () => {
    const words = createWords('en');
    const english = words.translate('errors.timed-out.title');
    await words.setLanguage('zh-CN');
    expect(words.language()).toBe('zh-CN');
    expect(words.translate('errors.timed-out.title')).not.toBe(english);
    expect(words.translate('errors.timed-out.title')).toMatch(/\p{Script=Han}/u);
  });

  it('take values as they are: nothing is escaped for markup, and nothing in them is looked up', async () => {
    const words = createWords('en');
    const account = 'A & <b> {{app}} $t(app.name)';
    expect(words.translate('notification.toAccount', { account })).toBe(`To ${account}`);
  });
});
