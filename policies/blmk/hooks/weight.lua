-- Bands of BMI by family background, as NICE draws them (general knowledge, to be verified: NG246, PH46).
--
-- In Lua because two rows of limits and the backgrounds of the second are a table to walk through, and because the band
-- is often the same in both rows: then the background makes no difference, and need not be known.

local usual = {
  { quantity("40", "kg/m2"), "obesity_3" },
  { quantity("35", "kg/m2"), "obesity_2" },
  { quantity("30", "kg/m2"), "obesity_1" },
  { quantity("25", "kg/m2"), "overweight" },
}

-- 2.5 kg/m2 lower for obesity; overweight begins at 23.
local lowered = {
  { quantity("37.5", "kg/m2"), "obesity_3" },
  { quantity("32.5", "kg/m2"), "obesity_2" },
  { quantity("27.5", "kg/m2"), "obesity_1" },
  { quantity("23", "kg/m2"), "overweight" },
}

local at_greater_risk = {
  south_asian = true,
  chinese = true,
  other_asian = true,
  middle_eastern = true,
  black_african = true,
  african_caribbean = true,
}

local function in_bands(bands, bmi)
  for _, band in ipairs(bands) do
    if band[1] <= bmi then return band[2] end
  end
  return "not_overweight"
end

local function band(bmi, background)
  if bmi == nil then return nil end
  local by_usual, by_lowered = in_bands(usual, bmi), in_bands(lowered, bmi)
  if by_usual == by_lowered then return by_usual, "The band is the same for every family background" end
  if background == nil then return nil end
  if at_greater_risk[background] then return by_lowered, "By the lower bands for the patient's family background" end
  return by_usual, "By the usual bands"
end

return { band = band }
