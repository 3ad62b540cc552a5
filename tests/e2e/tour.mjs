// Every page and state that a person meets in the main job, once and in order: for whoever wants to look at each.
import { answer, answerAll, by, choosePin, enterPassword, findFamily, go, outboxSays, sectionsOf } from './facilitator.mjs';

/** Opens a dialogue, looks at it, and leaves it by its *no*. */
async function dialogue(page, opener, see) {
  await by(page, opener).tap();
  await page.locator('dialog[open]').waitFor();
  await see();
  await page.locator('dialog[open]').getByTestId('no').tap();
}

/** Before anybody is signed in. */
export async function tourOfTheDoor(page, see) {
  await page.locator('#user').waitFor();
  await by(page, 'practice-banner').waitFor();
  await see('door');
  await page.locator('form button[type=submit]').tap();
  await page.locator('#told p').waitFor();
  await see('door-empty');
}

/** Choosing a PIN, with a mistake, and unlocking with a wrong one and waiting; ends locked. */
export async function tourOfThePin(page, account, see) {
  await enterPassword(page, account);
  await by(page, 'choose-pin').waitFor();
  await see('pin-new');
  await choosePin(page, '123456');
  await page.locator('#pin-told .msg').waitFor();
  await see('pin-easy');
  await choosePin(page);
  await by(page, 'today').waitFor();
  await page.reload();
  await by(page, 'unlock').waitFor();
  await see('unlock');
  for (let wrong = 0; wrong < 5; wrong += 1) {
    await by(page, 'pin').fill('739104');
    await by(page, 'pin-go').tap();
    await page.waitForFunction(() => document.querySelector('#pin-told .msg') && !document.querySelector('#pin').value);
  }
  await by(page, 'pin-wait').locator('.msg').waitFor();
  await see('unlock-wait');
  await by(page, 'forgot-pin').tap();
  await page.locator('#user').waitFor();
  await see('forgot-pin');
}

/** From *Hari ini* to the result of an assessment that is begun, of a family that has none yet; gives the family's id. */
export async function tourOfABeginning(page, family, see) {
  await go(page, '#');
  await by(page, 'today').waitFor();
  await see('today');
  await go(page, '#keluarga');
  await by(page, 'family-row').first().waitFor();
  await see('families');
  await by(page, 'search').fill('tidak ada yang bernama ini');
  await by(page, 'caseload').locator('h2').waitFor();
  await see('search-none');
  const kpm = await findFamily(page, family.kk);
  await see('family');
  await by(page, 'start-assessment').tap();
  await page.waitForURL(/asesmen/);
  await tourOfQuestions(page, kpm, see);
  await go(page, `#keluarga/${kpm}`);
  await by(page, 'discard').waitFor();
  await see('family-draft');
  await dialogue(page, 'discard', () => see('family-discard'));
  await go(page, `#keluarga/${kpm}/asesmen/hasil`);
  await by(page, 'result').waitFor();
  await see('result-before');
  return kpm;
}

/** An assessment that is answered, up to its finish. */
export async function tourOfAnEnd(page, kpm, household, see) {
  await answerAll(page, kpm, household);
  await go(page, `#keluarga/${kpm}/asesmen`);
  await by(page, 'assessment').waitFor();
  await see('assessment');
  await go(page, `#keluarga/${kpm}/asesmen/business`);
  await by(page, 'question:business.exists').waitFor();
  await see('questions');
  await go(page, `#keluarga/${kpm}/asesmen/members`);
  await by(page, 'members').waitFor();
  await see('members');
  await by(page, 'member-row').first().tap();
  await by(page, 'member').waitFor();
  await see('member');
  await go(page, `#keluarga/${kpm}/asesmen/hasil`);
  await by(page, 'result').waitFor();
  await see('result');
  await page.locator('details.more > summary').first().tap();
  await see('result-why');
  await by(page, 'finish').tap();
  await page.waitForURL(/selesai/);
}

/** What stands after a finish; needs signal. */
export async function tourOfAfterwards(page, kpm, see) {
  await go(page, '#');
  await by(page, 'month').tap();
  await by(page, 'month-sheet').waitFor();
  await see('month');
  await outboxSays(page, { waiting: 0 });
  await see('outbox');
  await go(page, `#keluarga/${kpm}/selesai`);
  await by(page, 'done').waitFor();
  await see('done');
  await go(page, `#keluarga/${kpm}`);
  await by(page, 'readiness').waitFor();
  await see('family-decided');
  await go(page, '#saya');
  await by(page, 'me').waitFor();
  await see('me');
  await by(page, 'change-pin').tap();
  await see('me-pin');
  await dialogue(page, 'sign-out', () => see('me-sign-out'));
  await go(page, '#laporan/2019');
  await by(page, 'lost').waitFor();
  await see('lost');
}

/** The forms of the journey, a plan that is kept, and the family's history; of a family that was assessed. */
export async function tourOfNotes(page, kpm, see) {
  const open = async (form) => {
    await go(page, `#keluarga/${kpm}`);
    await by(page, `form:${form}`).tap();
    await by(page, 'note').waitFor();
  };
  for (const form of ['visit', 'consent', 'withdrawal', 'referral', 'answer', 'proposal', 'note']) {
    await open(form);
    await see(`note-${form}`);
  }
  await open('plan');
  await by(page, 'finish').tap();
  await by(page, 'result').waitFor();
  await see('note-before');
  await open('plan');
  await answer(page, 'plan.goals', ['savings', 'livelihood']);
  await answer(page, 'plan.steps', ['save', 'training']);
  await answer(page, 'plan.visit_on', new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10));
  await answer(page, 'plan.agreed', true);
  await see('note-plan');
  await by(page, 'finish').tap();
  await by(page, 'history').waitFor();
  await see('family-history');
}

/** Every section as it is found, a new member, one who left, mistakes, the live result. */
async function tourOfQuestions(page, kpm, see) {
  for (const section of await sectionsOf(page, kpm)) {
    await go(page, `#keluarga/${kpm}/asesmen/${section}`);
    await page.locator('[data-testid=members], [data-testid=section]').first().waitFor();
    await page.locator('.live b:not(:empty)').first().waitFor(); // it comes after the questions are painted
    await see(`section-${section}`);
    if (await by(page, 'members').count()) {
      await by(page, 'member-row').first().tap();
      await by(page, 'member').waitFor();
      await see(`member-${section}`);
    }
  }
  await page.locator('.live > summary').tap();
  await see('live');
  await go(page, `#keluarga/${kpm}/asesmen/members`);
  await by(page, 'add-member').tap();
  await by(page, 'member').waitFor();
  await see('member-new');
  const name = page.locator('[data-testid$=".name"] input');
  await name.fill('Yang Pindah Contoh');
  const born = page.locator('[data-testid$=".birth_date"] input').first();
  await born.fill('31-02-1990');
  await born.blur();
  await page.locator('[data-testid$=".birth_date"] .msg').waitFor();
  await see('member-mistake');
  await dialogue(page, 'remove-member', () => see('member-remove'));
  await by(page, 'remove-member').tap();
  await page.locator('dialog[open]').getByTestId('yes').tap();
  await by(page, 'restore').waitFor();
  await see('members-left');
}
