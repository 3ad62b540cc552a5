// Made-up families, after household.schema.json.

const member = (at, more) => ({
  member_id: String(at), nik: null, marital: 'married', pregnant: false, attending: false, level: 'smp', severe_disability: false,
  rights_violation_victim: false, chronic_illness: false, jkn: true, employment: 'none', income_month: 0, ...more,
});

/** Four people and a business: a couple, a pupil, a small child. */
export const fourAndABusiness = () => ({
  household_id: 'WALK-1', assessed_on: '2026-11-24', village: null, area: 'rural', desil: 2, desil_version: '2026-07-10',
  social_assistance: { pkh: true, sembako: true, pbi_jkn: true, since: '2019-03-01' },
  members: [
    member(0, { name: 'Sugeng Contoh', sex: 'male', birth_date: '1985-02-11', relation: 'head', employment: 'casual_farm', income_month: 900000 }),
    member(1, { name: 'Wati Contoh', sex: 'female', birth_date: '1988-08-03', relation: 'spouse', employment: 'self_employed', income_month: 0 }),
    member(2, { name: 'Rina Contoh', sex: 'female', birth_date: '2013-05-20', relation: 'child', marital: 'never', attending: true, level: 'smp' }),
    member(3, { name: 'Adi Contoh', sex: 'male', birth_date: '2021-09-14', relation: 'child', marital: 'never', attending: false, level: 'none' }),
  ],
  income_other_month: 0, expenditure_month: 2100000, savings: 500000, debt_payment_month: 100000, meals_per_day: 3, hungry_days_month: 0,
  housing: {
    ownership: 'owned', floor: 'cement', wall: 'masonry', roof: 'zinc', floor_area_m2: 42.5, water: 'borehole', toilet: 'own', closet: 'goose_neck',
    disposal: 'septic_tank', lighting: 'pln_metered', power_va: 450, fuel: 'lpg_3', assisted_before: false,
  },
  assets: {
    lpg_large: 0, refrigerator: 0, air_conditioner: 0, flat_tv: 0, gold_10g: 0, computer: 0, motorcycle: 1, bicycle: 1, car: 0, boat: 0,
    smartphone: 1, cattle: 0, small_livestock: 2, land_m2: 0,
  },
  business: {
    exists: true, plan: false, sector: 'food_beverage', kbli: null, months: 14, turnover_month: 3500000, profit_month: 1200000, workers: 0, nib: true,
    sku: false, pirt: false, halal: false, excluded_food: false, trained: true, group_size: 12, loan_needed: 5000000,
  },
  credit: { bank_productive: false, nonbank_productive: false, bad: false, npwp: false },
});
