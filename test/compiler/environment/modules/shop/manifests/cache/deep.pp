class shop::cache::deep {
  fail("deep in ${module_name}, called from ${caller_module_name}")
}
