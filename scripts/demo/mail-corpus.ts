import type { DeliveredMail } from '../../test/standin/imap/post-office.ts';

/** What people write to each other in the demo, in the order in which it arrives; begun again at its end. */
export const mailCorpus: readonly DeliveredMail[] = [
  mail('Cleo Marsh', 'cleo@example.org', 'Lunch on Thursday?', 'The place by the canal has its soup again.'),
  mail('Bo Lindgren', 'bo@example.org', 'Photos from the lake', 'Forty of them. The heron is number 17.'),
  mail('陈晓', 'xiao.chen@example.cn', '周五的会议改到下午三点', '会议室不变，三楼的那一间。'),
  mail('Fabrikam Library', 'desk@library.example', 'A book you reserved is here', 'We keep it for you until Saturday.'),
  mail(
    'Dana Ruiz',
    'dana@example.com',
    'Re: Draft of the report',
    'Pages 3 and 4 are much better now. One question below.',
  ),
  mail('Grandma', 'grandma@home.example', 'Apple cake 🍎', 'Here is the recipe at last. Less sugar than it says!'),
  mail('Eli Novak', 'eli@example.net', 'The spare key', 'It is under the third flower pot, not the second.'),
  mail('Northwind Rail', 'tickets@northwind.example', 'Your ticket for Monday', 'Coach 7, seat 42, at the window.'),
  mail('王芳', 'fang.wang@example.cn', '谢谢你寄来的照片', '孩子们都很喜欢，尤其是那只猫。'),
  mail('Choir', 'choir@example.org', 'No rehearsal next week', 'The hall is being painted. See you on the 12th.'),
  mail(
    'Priya Nair',
    'priya@example.com',
    'Can you have a look at this?',
    'It is two pages. No hurry, tomorrow is fine.',
  ),
  mail(
    'Tailspin Bikes',
    'workshop@tailspin.example',
    'Your bicycle is ready',
    'New chain, new brakes, and the bell rings again.',
  ),
];

function mail(name: string, address: string, subject: string, text: string): DeliveredMail {
  return { from: { name, address }, subject, text };
}

/** Gives the corpus's mails one after the other, without end. */
export function mailSource(): () => DeliveredMail {
  let next = 0;
  return () => {
    const [first] = mailCorpus;
    const taken = mailCorpus[next % mailCorpus.length] ?? first;
    if (taken === undefined) throw new Error('The demo has no mail to deliver');
    next += 1;
    return taken;
  };
}
