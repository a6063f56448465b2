print("atria")
